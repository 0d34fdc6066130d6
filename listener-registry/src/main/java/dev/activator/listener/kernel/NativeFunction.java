package dev.activator.listener.kernel;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One function of the C library, called with integers and addresses.
 *
 * <p>Every argument travels as a 64-bit register, which is what the x86-64 and aarch64 conventions do with {@code int},
 * {@code long} and pointers alike, variadic or not; callers of a function that returns {@code int} narrow the result.
 * The errno of a call is saved before the JVM can run anything else on the thread: {@link #errno()}.
 */
public final class NativeFunction {
    private static final int MOST_ARGUMENTS = 7;
    private static final Invoker INVOKER = Invoker.getInstance();
    private static final CallContext[] CONTEXTS = new CallContext[MOST_ARGUMENTS + 1];

    static {
        for (int arguments = 0; arguments <= MOST_ARGUMENTS; arguments++) {
            Type[] types = new Type[arguments];
            Arrays.fill(types, Type.SINT64);
            CONTEXTS[arguments] = CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, true);
        }
    }

    private final String name;
    private final long address;

    private NativeFunction(String name, long address) {
        this.name = name;
        this.address = address;
    }

    /**
     * Looks a function up among the libraries of the process.
     *
     * @throws UnsatisfiedLinkError where the C library has none of that name
     */
    public static NativeFunction find(String name) {
        return findIfAny(name).orElseThrow(() -> new UnsatisfiedLinkError("the C library has no function " + name));
    }

    /** One that not every C library has. */
    public static Optional<NativeFunction> findIfAny(String name) {
        return at(Library.getDefault(), name);
    }

    private static Optional<NativeFunction> at(@Nullable Library library, String name) {
        long address = library == null ? 0 : library.getSymbolAddress(name);
        return address == 0 ? Optional.empty() : Optional.of(new NativeFunction(name, address));
    }

    /**
     * Loads a shared object, for good, and looks a function up in it; empty where the loader refuses it or there is none. A function
     * that is not of the C library leaves no errno.
     */
    public static Optional<NativeFunction> load(String file, String name) {
        return at(Library.openLibrary(file, Library.NOW | Library.LOCAL), name);
    }

    /** The errno that the calling thread's last call of any function left; valid only where that call failed. */
    public static int errno() {
        return LastError.getInstance().get();
    }

    public long call() {
        return INVOKER.invokeL0(CONTEXTS[0], address);
    }

    public long call(long a) {
        return INVOKER.invokeL1(CONTEXTS[1], address, a);
    }

    public long call(long a, long b) {
        return INVOKER.invokeL2(CONTEXTS[2], address, a, b);
    }

    public long call(long a, long b, long c) {
        return INVOKER.invokeL3(CONTEXTS[3], address, a, b, c);
    }

    public long call(long a, long b, long c, long d) {
        return INVOKER.invokeL4(CONTEXTS[4], address, a, b, c, d);
    }

    public long call(long a, long b, long c, long d, long e) {
        return INVOKER.invokeL5(CONTEXTS[5], address, a, b, c, d, e);
    }

    public long call(long a, long b, long c, long d, long e, long f) {
        return INVOKER.invokeL6(CONTEXTS[6], address, a, b, c, d, e, f);
    }

    /** Seven arguments, the most that any call here needs: syscall(2) with its six. */
    public long call(long a, long b, long c, long d, long e, long f, long g) {
        HeapInvocationBuffer arguments = new HeapInvocationBuffer(CONTEXTS[7]);
        for (long argument : new long[] {a, b, c, d, e, f, g}) {
            arguments.putLong(argument);
        }
        return INVOKER.invokeLong(CONTEXTS[7], address, arguments);
    }

    @Override
    public String toString() {
        return name;
    }
}
