package dev.activator.listener;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A program of classic BPF in the making, which the kernel runs for each packet that a socket is to get. SO_ATTACH_FILTER, socket(7). */
final class FilterProgram {
    /** Bytes of one. */
    static final int INSTRUCTION = 8;

    static final short LOAD_WORD = 0x20;
    static final short LOAD_HALF = 0x28;
    static final short LOAD_BYTE = 0x30;
    static final short AND = 0x54;
    static final short JUMP = 0x05;
    static final short JUMP_IF_EQUAL = 0x15;
    static final short RETURN = 0x06;

    /** What RETURN gives to let a packet through, and to drop it. */
    static final int WHOLE_PACKET = -1;

    static final int NOTHING = 0;

    private final ByteBuffer code;

    FilterProgram(int mostInstructions) {
        code = ByteBuffer.allocate(INSTRUCTION * mostInstructions).order(ByteOrder.nativeOrder());
    }

    /** The jumps count instructions from the next one on, 0 to 255; they are for JUMP_IF_EQUAL. */
    FilterProgram add(short operation, int ifTrue, int ifFalse, int operand) {
        code.putShort(operation).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
        return this;
    }

    FilterProgram add(short operation, int operand) {
        return add(operation, 0, 0, operand);
    }

    /** What another program holds. */
    FilterProgram add(byte[] instructions) {
        code.put(instructions);
        return this;
    }

    /** How many bytes it has. */
    int size() {
        return code.position();
    }

    byte[] bytes() {
        byte[] bytes = new byte[code.position()];
        code.flip().get(bytes);
        return bytes;
    }
}
