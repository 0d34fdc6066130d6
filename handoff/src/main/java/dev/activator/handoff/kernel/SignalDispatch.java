package dev.activator.handoff.kernel;

import java.lang.reflect.Proxy;

/**
 * Signals that are sent to this very process. The JVM receives them and runs the handler on a thread of its own; the class that
 * does this is part of the module jdk.unsupported on every JDK, and reached by name since compilers warn of it.
 */
public final class SignalDispatch {
    private SignalDispatch() {}

    /**
     * Runs the handler on some thread whenever the signal arrives, instead of what the JVM does with it.
     *
     * @param name without its prefix, {@code TERM}
     * @throws IllegalArgumentException where the JVM keeps that signal for itself (-Xrs, or QUIT and the like)
     */
    public static void onSignal(String name, Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    SignalDispatch.class.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> arguments != null && self == arguments[0];
                            default -> "handler of SIG" + name;
                        };
                    });
            Object number = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handlerType).invoke(null, number, proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("SIG" + name + " cannot be received", e);
        }
    }
}
