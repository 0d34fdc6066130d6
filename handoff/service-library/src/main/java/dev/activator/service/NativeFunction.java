package dev.activator.service;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One function of the C library, called with integers and addresses, each of which travels as a 64-bit register. Not for two threads at
 * once: an object of this is asked for by each who calls.
 */
abstract class NativeFunction {
    private static final Linkage LINKAGE = Linkage.choose();

    /** How functions are found. */
    interface Linkage {
        NativeFunction find(String name, int arguments);

        /** Where a direct buffer begins. */
        long address(ByteBuffer direct);

        /** The JDK's own where it has one, which is from 22 on, else jffi's. */
        static Linkage choose() {
            try {
                return new ForeignLinkage();
            } catch (ReflectiveOperationException before22) {
                return jffi();
            }
        }

        private static Linkage jffi() {
            try {
                return new JffiLinkage();
            } catch (LinkageError missing) {
                throw new UnsatisfiedLinkError("JDK " + Runtime.version().feature()
                        + " cannot call system functions by itself: put com.github.jnr:jffi, with its 'native' classifier, on the"
                        + " class path, or use JDK 22 or newer (" + missing + ")");
            }
        }
    }

    static NativeFunction find(String name, int arguments) {
        return LINKAGE.find(name, arguments);
    }

    /** Zeroed memory outside the heap in native byte order; who calls a function with its address keeps this reachable meanwhile. */
    static Memory memory(int size) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        return new Memory(bytes, LINKAGE.address(bytes));
    }

    /** Memory, and where it begins. */
    record Memory(ByteBuffer bytes, long address) {
        int size() {
            return bytes.capacity();
        }
    }

    /** What a function that returns an int does, or the negated errno where that is −1. */
    abstract int call(long... arguments);
}
