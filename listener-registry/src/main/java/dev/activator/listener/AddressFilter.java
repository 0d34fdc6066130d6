package dev.activator.listener;

import dev.activator.config.AddressRules;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Address rules as a program for the kernel, which runs it for each packet that a socket is to get: of a TCP listener these are SYNs and the
 * handshake's last ACK, of a datagram socket the datagrams. What it rejects is dropped without an answer. Classic BPF, whose negative
 * offsets reach the network header. Accepted connections inherit it. SO_ATTACH_FILTER, socket(7).
 */
final class AddressFilter {
    /** BPF_MAXINSNS. */
    static final int MOST_INSTRUCTIONS = 4096;

    /** SKF_NET_OFF: the start of the IP header. */
    private static final int NETWORK = -0x100000;

    private static final int VERSION_BITS = 0xF0;
    private static final int VERSION_4 = 0x40;
    private static final int SOURCE_4 = 12;
    private static final int SOURCE_6 = 8;
    private static final int WORD_BITS = 32;

    private final FilterProgram program = new FilterProgram(MOST_INSTRUCTIONS + 64);

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
        all.program
                .add(FilterProgram.LOAD_BYTE, NETWORK)
                .add(FilterProgram.AND, VERSION_BITS)
                .add(FilterProgram.JUMP_IF_EQUAL, 1, 0, VERSION_4)
                .add(FilterProgram.JUMP, four.length / FilterProgram.INSTRUCTION);
        if (all.program.size() + four.length + six.length > FilterProgram.INSTRUCTION * MOST_INSTRUCTIONS) {
            throw tooLong();
        }
        return all.program.add(four).add(six).bytes();
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
            if (section.program.size() > FilterProgram.INSTRUCTION * MOST_INSTRUCTIONS) {
                throw tooLong();
            }
            section.add(rule);
        }
        section.decide(rules.admitsOthers());
        return section.program.bytes();
    }

    /** Compares word by word and leaves for what follows the rule at the first that differs. */
    private void add(AddressRules.Rule rule) {
        byte[] base = rule.network().base().getAddress();
        int source = base.length == 4 ? SOURCE_4 : SOURCE_6;
        int left = instructions(rule.network().prefix());
        for (int bits = rule.network().prefix(), word = 0; bits > 0; bits -= WORD_BITS, word++) {
            program.add(FilterProgram.LOAD_WORD, NETWORK + source + 4 * word);
            left--;
            if (bits < WORD_BITS) {
                program.add(FilterProgram.AND, -1 << (WORD_BITS - bits));
                left--;
            }
            left--;
            program.add(
                    FilterProgram.JUMP_IF_EQUAL, 0, left, ByteBuffer.wrap(base).getInt(4 * word));
        }
        decide(rule.admits());
    }

    private static int instructions(int prefix) {
        int words = (prefix + WORD_BITS - 1) / WORD_BITS;
        return 2 * words + (prefix % WORD_BITS == 0 ? 0 : 1) + 1;
    }

    private void decide(boolean admits) {
        program.add(FilterProgram.RETURN, admits ? FilterProgram.WHOLE_PACKET : FilterProgram.NOTHING);
    }
}
