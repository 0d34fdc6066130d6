package dev.activator.service;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Native functions through {@code java.lang.foreign}, which is found by its names: this is compiled for JDK 17, and the package is there
 * for everybody from 22 on.
 */
final class ForeignLinkage implements NativeFunction.Linkage {
    private static final String PACKAGE = "java.lang.foreign.";
    private static final int FINAL_IN = 22;

    private final Object linker;
    private final Object lookup;
    private final Method find;
    private final Method downcall;
    private final Method describe;
    private final Object errnoCapture;
    private final Class<?> layoutType = type("MemoryLayout");
    private final Object longLayout;
    private final Method ofBuffer;
    private final Method segmentAddress;

    /** Throws where the JDK has no such package. */
    ForeignLinkage() throws ReflectiveOperationException {
        if (Runtime.version().feature() < FINAL_IN) {
            throw new ClassNotFoundException(PACKAGE + "Linker in its final form");
        }
        Class<?> linkerType = type("Linker");
        Class<?> optionType = type("Linker$Option");
        Class<?> optionsType = optionType.arrayType();
        Class<?> segmentType = type("MemorySegment");
        Class<?> descriptorType = type("FunctionDescriptor");
        linker = linkerType.getMethod("nativeLinker").invoke(null);
        lookup = linkerType.getMethod("defaultLookup").invoke(linker);
        find = type("SymbolLookup").getMethod("find", String.class);
        downcall = linkerType.getMethod("downcallHandle", segmentType, descriptorType, optionsType);
        describe = descriptorType.getMethod("of", layoutType, layoutType.arrayType());
        errnoCapture = Array.newInstance(optionType, 1);
        Object names = new String[] {"errno"};
        Array.set(
                errnoCapture,
                0,
                optionType.getMethod("captureCallState", String[].class).invoke(null, names));
        longLayout = type("ValueLayout").getField("JAVA_LONG").get(null);
        ofBuffer = segmentType.getMethod("ofBuffer", Buffer.class);
        segmentAddress = segmentType.getMethod("address");
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name);
    }

    @Override
    public NativeFunction find(String name, int arguments) {
        ByteBuffer errno = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
        MethodHandle handle = handle(name, arguments, errno);
        return new NativeFunction() {
            @Override
            int call(long... values) {
                int result = invoke(handle, values);
                return result == -1 ? -errno.getInt(0) : result;
            }
        };
    }

    private MethodHandle handle(String name, int arguments, ByteBuffer errno) {
        try {
            Object symbol = ((Optional<?>) find.invoke(lookup, name)).orElseThrow();
            Object layouts = Array.newInstance(layoutType, arguments);
            Arrays.fill((Object[]) layouts, longLayout);
            Object descriptor = describe.invoke(null, longLayout, layouts);
            MethodHandle plain = (MethodHandle) downcall.invoke(linker, symbol, descriptor, errnoCapture);
            MethodHandle bound = MethodHandles.insertArguments(plain, 0, ofBuffer.invoke(null, errno));
            return bound.asSpreader(long[].class, arguments).asType(MethodType.methodType(long.class, long[].class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no function " + name, e);
        }
    }

    private static int invoke(MethodHandle handle, long[] values) {
        try {
            return (int) (long) handle.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new LinkageError("a native call threw", impossible);
        }
    }

    @Override
    public long address(ByteBuffer direct) {
        try {
            return (long) segmentAddress.invoke(ofBuffer.invoke(null, direct));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no address", e);
        }
    }
}
