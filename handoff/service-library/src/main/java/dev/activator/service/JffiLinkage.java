package dev.activator.service;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.HeapInvocationBuffer;
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
                HeapInvocationBuffer buffer = new HeapInvocationBuffer(context);
                for (long value : values) {
                    buffer.putLong(value);
                }
                int result = (int) invoker.invokeLong(context, address, buffer);
                return result == -1 ? -LastError.getInstance().get() : result;
            }
        };
    }

    @Override
    public long address(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }
}
