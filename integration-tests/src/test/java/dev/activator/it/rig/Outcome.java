package dev.activator.it.rig;

/** What a finished command left: its exit code and all it wrote. */
public record Outcome(int exitCode, String out, String err) {

    /** This outcome, if the exit code was 0; fails with the command's own words otherwise. */
    public Outcome succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + "\n" + out + err);
        }
        return this;
    }

    /** Both streams, for looking for a word wherever it was said. */
    public String text() {
        return out + err;
    }
}
