package dev.activator.server;

import dev.activator.cli.RunOptions;
import dev.activator.config.FileTrouble;
import dev.activator.listener.Errno;
import dev.activator.listener.SystemCallException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Why a start failed and what to do about it, for people. Loaded when one does. */
final class StartTrouble {
    private StartTrouble() {}

    static String words(Throwable failure, RunOptions options) {
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            return "'" + file.getFile() + "': " + reason(file) + advice(Path.of(file.getFile()), options);
        }
        if (failure instanceof SystemCallException call && isShortage(call.errno())) {
            return call.getMessage() + "; raise the hard limit of open files (LimitNOFILE=, ulimit -Hn)";
        }
        return Objects.toString(failure.getMessage(), failure.toString());
    }

    /** Of what was to be made, it is the place that is not there. */
    private static String reason(FileSystemException failure) {
        return failure instanceof NoSuchFileException ? "no such file or directory" : FileTrouble.reason(failure);
    }

    private static boolean isShortage(Errno errno) {
        return errno.equals(Errno.EMFILE);
    }

    private static String advice(Path path, RunOptions options) {
        if (isOnTheWay(path, options.runtime())) {
            return "; give another --runtime DIR, one that can be made or that you may write to";
        }
        return isOnTheWay(path, options.state())
                ? "; give another --state DIR, one that can be made or that you may write to"
                : "";
    }

    private static boolean isOnTheWay(Path path, Path directory) {
        return path.startsWith(directory) || directory.startsWith(path);
    }

    /** Of a log that cannot be opened. */
    static String ofLog(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure.getCause() instanceof FileSystemException file && message.endsWith(": " + file.getMessage())) {
            String what = message.substring(
                    0, message.length() - String.valueOf(file.getMessage()).length());
            return what + reason(file) + "; give a file in a directory that is there and that you may write to";
        }
        return message;
    }
}
