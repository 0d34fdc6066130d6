package dev.activator.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What a print stream writes to, so that it does not keep to itself that nothing was written: the first write that fails ends the command with
 * a {@link Failure}, and what comes after it is dropped. A reader that has gone away, as {@code head} does, is no trouble.
 */
final class CheckedOutput extends FilterOutputStream {
    private static final String READER_GONE = "Broken pipe";

    private boolean isBroken;

    CheckedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] text, int offset, int length) throws IOException {
        if (isBroken) {
            return;
        }
        try {
            out.write(text, offset, length);
        } catch (IOException failure) {
            if (READER_GONE.equals(failure.getMessage())) {
                throw failure;
            }
            isBroken = true;
            throw new Failure(ExitStatus.FAILED, "write error: " + failure.getMessage());
        }
    }
}
