package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.EnvironmentFile;
import dev.activator.config.EnvironmentFiles;
import dev.activator.config.ExecDirectives;
import dev.activator.config.OpenFile;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.StandardInput;
import dev.activator.config.StandardOutput;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchStage;
import dev.activator.handoff.OpenedFile;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;

/** The files that a start reads or opens: the executable, EnvironmentFile=, and files for the standard streams. All of them are small. */
final class ExecFiles {

    /** The absolute path of the command's program, searched for where it is a bare name. */
    String executable(ServiceUnit unit, CommandLine command) throws LaunchFailure {
        if (command.viaShell()) {
            return "/bin/sh";
        }
        if (command.path().startsWith("/")) {
            return command.path();
        }
        for (String directory : LaunchPlanner.PATH.split(":")) {
            Path candidate = Path.of(directory, command.path());
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        throw new LaunchFailure(
                LaunchStage.EXEC,
                Errno.ENOENT,
                "executing '" + command.path() + "': " + Errno.ENOENT + ", not found in " + LaunchPlanner.PATH);
    }

    /** The variables of EnvironmentFile=; later files win. */
    Map<String, String> environment(ServiceUnit unit) throws LaunchFailure {
        Map<String, String> variables = new TreeMap<>();
        for (EnvironmentFile file : unit.get(ExecDirectives.ENVIRONMENT_FILE)) {
            try {
                for (Path path : matching(file.path())) {
                    variables.putAll(EnvironmentFiles.parse(Files.readString(path)));
                }
            } catch (IOException e) {
                if (!file.optional()) {
                    // Before there is a process, as under systemd: a want of resources, and no exit status.
                    Errno errno = errno(e);
                    throw new LaunchFailure(
                            LaunchStage.SPAWN, errno, "reading EnvironmentFile= '" + file.path() + "': " + errno);
                }
            }
        }
        return variables;
    }

    private static Iterable<Path> matching(String path) throws IOException {
        Path whole = Path.of(path);
        boolean isPattern = path.matches(".*[*?\\[].*");
        if (!isPattern) {
            return List.of(whole);
        }
        NavigableSet<Path> found = FileGlob.matching(whole);
        if (found.isEmpty()) {
            throw new NoSuchFileException(path);
        }
        return found;
    }

    private static Errno errno(IOException e) {
        return e instanceof NoSuchFileException ? Errno.ENOENT : Errno.EACCES;
    }

    private static byte[] content(List<String> pieces) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        pieces.forEach(piece -> content.writeBytes(Base64.getDecoder().decode(piece)));
        return content.toByteArray();
    }

    /** Opens what OpenFile= names, in order; the caller closes. */
    Map<OpenFile, OwnedFd> openFiles(ServiceUnit unit) throws LaunchFailure {
        Map<OpenFile, OwnedFd> opened = new LinkedHashMap<>();
        for (OpenFile file : unit.get(ServiceDirectives.OPEN_FILE)) {
            try {
                opened.put(file, OpenedFile.of(file));
            } catch (SystemCallException e) {
                if (!file.isGraceful()) {
                    opened.values().forEach(OwnedFd::close);
                    throw new LaunchFailure(LaunchStage.FDS, e.errno(), "OpenFile=: " + e.getMessage());
                }
            }
        }
        return opened;
    }

    /** Opens what StandardInput=file: and the like name, by target; the caller closes. */
    Map<Integer, OwnedFd> openStandardFiles(ServiceUnit unit) throws LaunchFailure {
        Map<Integer, OwnedFd> opened = new HashMap<>();
        try {
            if (unit.get(ExecDirectives.STANDARD_INPUT) instanceof StandardInput.File file) {
                opened.put(0, OpenedFile.forReading(file.path()));
            }
            if (unit.get(ExecDirectives.STANDARD_INPUT) instanceof StandardInput.Inline) {
                opened.put(0, OpenedFile.holding(content(unit.get(ExecDirectives.STANDARD_INPUT_DATA))));
            }
            if (unit.get(ExecDirectives.STANDARD_OUTPUT) instanceof StandardOutput.File file) {
                opened.put(1, OpenedFile.forWriting(file.path(), file.mode()));
            }
            if (unit.get(ExecDirectives.STANDARD_ERROR) instanceof StandardOutput.File file) {
                opened.put(2, OpenedFile.forWriting(file.path(), file.mode()));
            }
        } catch (SystemCallException e) {
            opened.values().forEach(OwnedFd::close);
            throw new LaunchFailure(LaunchStage.FDS, e.errno(), String.valueOf(e.getMessage()));
        }
        return opened;
    }
}
