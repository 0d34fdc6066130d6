package dev.activator.listener.testing;

import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.Kernel;
import dev.activator.listener.SocketOption;
import dev.activator.listener.SystemCallException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real kernel, but for calls that a test wants to fail: the way to errors that no test could provoke. */
public final class FailingKernel {
    private final Kernel real;
    private final Map<String, Deque<Errno>> failures = new HashMap<>();

    private final Map<SocketOption, Errno> refusedOptions = new HashMap<>();

    public FailingKernel(Kernel real) {
        this.real = real;
    }

    /** Lets the next calls of this method of {@link Kernel} fail, one for each errno. */
    public FailingKernel fail(String method, Errno... errnos) {
        failures.computeIfAbsent(method, none -> new ArrayDeque<>()).addAll(List.of(errnos));
        return this;
    }

    /** Refuses this option on every socket. */
    public FailingKernel refuse(SocketOption option, Errno errno) {
        refusedOptions.put(option, errno);
        return this;
    }

    public Kernel kernel() {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    Errno failure = next(method.getName(), arguments);
                    if (failure != null && method.getName().equals("accept")) {
                        return -failure.number();
                    }
                    if (failure != null) {
                        throw new SystemCallException(method.getName(), failure, context(arguments));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private @Nullable Errno next(String method, Object @Nullable [] arguments) {
        if (method.equals("set") && arguments != null && refusedOptions.containsKey(arguments[1])) {
            return refusedOptions.get(arguments[1]);
        }
        Deque<Errno> planned = failures.get(method);
        return planned == null ? null : planned.poll();
    }

    private static String context(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof BorrowedFd fd
                ? fd.purpose()
                : "injected failure";
    }
}
