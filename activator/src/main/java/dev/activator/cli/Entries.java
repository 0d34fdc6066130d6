package dev.activator.cli;

/** Finds the parts that are loaded only by the verbs that need them. */
final class Entries {
    private Entries() {}

    static <T> T load(String className, Class<T> type) {
        try {
            return type.cast(Class.forName(className).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException missing) {
            throw new Failure(ExitStatus.DEFECT, "This build lacks " + className + ": " + missing);
        }
    }
}
