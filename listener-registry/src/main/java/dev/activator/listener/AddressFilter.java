package dev.activator.listener;

import dev.activator.config.AddressRules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Address rules as a program for the kernel, which runs it for each packet that a socket is to get: of a TCP listener these are SYNs and the
 * handshake's last ACK, of a datagram socket the datagrams. What it rejects is dropped without an answer. Classic BPF, whose negative
 * offsets reach the network header. Accepted connections inherit it. SO_ATTACH_FILTER, socket(7).
 */
final class AddressFilter {
    /** BPF_MAXINSNS. */
    static final int MOST_INSTRUCTIONS = 4096;

    static final int INSTRUCTION = 8;

    private static final short LOAD_WORD = 0x20;
    private static final short LOAD_BYTE = 0x30;
    private static final short AND = 0x54;
    private static final short JUMP = 0x05;
    private static final short JUMP_IF_EQUAL = 0x15;
    private static final short RETURN = 0x06;
    /** SKF_NET_OFF: the start of the IP header. */
    private static final int NETWORK = -0x100000;

    private static final int VERSION_BITS = 0xF0;
    private static final int VERSION_4 = 0x40;
    private static final int SOURCE_4 = 12;
    private static final int SOURCE_6 = 8;
    private static final int WORD_BITS = 32;
    private static final int WHOLE_PACKET = -1;

    private final ByteBuffer program =
            ByteBuffer.allocate(INSTRUCTION * (MOST_INSTRUCTIONS + 64)).order(ByteOrder.nativeOrder());

    private AddressFilter() {}

    /**
     * The program, eight bytes an instruction.
     *
     * @throws SystemCallException with EINVAL, as the kernel would answer, where the rules need more instructions than it takes
     */
    static byte[] of(AddressRules rules) {
        byte[] four = section(rules, 4);
        byte[] six = section(rules, 16);
        AddressFilter all = new AddressFilter();
        all.add(LOAD_BYTE, 0, 0, NETWORK);
        all.add(AND, 0, 0, VERSION_BITS);
        all.add(JUMP_IF_EQUAL, 1, 0, VERSION_4);
        all.add(JUMP, 0, 0, four.length / INSTRUCTION);
        if (all.program.position() + four.length + six.length > INSTRUCTION * MOST_INSTRUCTIONS) {
            throw tooLong();
        }
        all.program.put(four).put(six);
        return all.bytes();
    }

    private static SystemCallException tooLong() {
        return new SystemCallException("setsockopt SO_ATTACH_FILTER", Errno.EINVAL, "too many rules");
    }

    private static byte[] section(AddressRules rules, int addressLength) {
        AddressFilter section = new AddressFilter();
        List<AddressRules.Rule> mine = rules.rules().stream()
                .filter(rule -> rule.network().base().getAddress().length == addressLength)
                .toList();
        for (AddressRules.Rule rule : mine) {
            if (section.program.position() > INSTRUCTION * MOST_INSTRUCTIONS) {
                throw tooLong();
            }
            section.add(rule);
        }
        section.decide(rules.admitsOthers());
        return section.bytes();
    }

    /** Compares word by word and leaves for what follows the rule at the first that differs. */
    private void add(AddressRules.Rule rule) {
        byte[] base = rule.network().base().getAddress();
        int source = base.length == 4 ? SOURCE_4 : SOURCE_6;
        int left = instructions(rule.network().prefix());
        for (int bits = rule.network().prefix(), word = 0; bits > 0; bits -= WORD_BITS, word++) {
            add(LOAD_WORD, 0, 0, NETWORK + source + 4 * word);
            left--;
            if (bits < WORD_BITS) {
                add(AND, 0, 0, -1 << (WORD_BITS - bits));
                left--;
            }
            left--;
            add(JUMP_IF_EQUAL, 0, left, ByteBuffer.wrap(base).getInt(4 * word));
        }
        decide(rule.admits());
    }

    private static int instructions(int prefix) {
        int words = (prefix + WORD_BITS - 1) / WORD_BITS;
        return 2 * words + (prefix % WORD_BITS == 0 ? 0 : 1) + 1;
    }

    private void decide(boolean admits) {
        add(RETURN, 0, 0, admits ? WHOLE_PACKET : 0);
    }

    private void add(short code, int ifTrue, int ifFalse, int operand) {
        program.putShort(code).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[program.position()];
        program.flip().get(bytes);
        return bytes;
    }
}
