package dev.activator.service;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Native functions through jffi, which keeps errno before the JVM can change it. */
final class JffiLinkage implements NativeFunction.Linkage {
    private final Invoker invoker = Invoker.getInstance();

    @Override
    public NativeFunction find(String name, int arguments) {
        long address = Library.getDefault().getSymbolAddress(name);
        Type[] types = new Type[arguments];
        Arrays.fill(types, Type.SINT64);
        CallContext context = CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, true);
        return new NativeFunction() {
            @Override
            int call(long... values) {
                int result = (int) invoke(context, address, values);
                return result == -1 ? -LastError.getInstance().get() : result;
            }
        };
    }

    private long invoke(CallContext context, long address, long[] values) {
        return switch (values.length) {
            case 1 -> invoker.invokeL1(context, address, values[0]);
            case 2 -> invoker.invokeL2(context, address, values[0], values[1]);
            case 3 -> invoker.invokeL3(context, address, values[0], values[1], values[2]);
            case 5 -> invoker.invokeL5(context, address, values[0], values[1], values[2], values[3], values[4]);
            default -> throw new IllegalArgumentException(values.length + " arguments");
        };
    }

    @Override
    public long address(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }
}
