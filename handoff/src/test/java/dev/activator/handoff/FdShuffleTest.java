package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.kernel.SpawnRequest.Duplicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FdShuffleTest {

    @Test
    void nothingToMapTakesNoCall() {
        assertThat(FdShuffle.order(new int[0])).isEmpty();
    }

    @Test
    void descriptorThatIsInPlaceIsCopiedOntoItselfToLoseCloseOnExec() {
        assertThat(FdShuffle.order(table(Map.of(3, 3)))).containsExactly(new Duplicate(3, 3));
    }

    @Test
    void twoDescriptorsSwapByASpareOne() {
        assertThat(FdShuffle.order(table(Map.of(3, 4, 4, 3)))).hasSize(3);
        assertThatEveryTargetIsRight(Map.of(3, 4, 4, 3));
    }

    @Test
    void chainIsDoneFromItsEndWithoutASpareOne() {
        Map<Integer, Integer> chain = Map.of(3, 4, 4, 5, 5, 6);

        assertThat(FdShuffle.order(table(chain))).hasSize(3);
        assertThatEveryTargetIsRight(chain);
    }

    @Test
    void oneDescriptorMayHaveSeveralTargets() {
        assertThatEveryTargetIsRight(Map.of(0, 7, 1, 7, 7, 0));
    }

    @Test
    void anyPermutationIsRight() {
        Random random = new Random(20261121);
        for (int round = 0; round < 2_000; round++) {
            int count = 1 + random.nextInt(12);
            List<Integer> targets = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                targets.add(i);
            }
            Collections.shuffle(targets, random);
            Map<Integer, Integer> sources = new HashMap<>();
            for (int target : targets) {
                sources.put(target, random.nextInt(count + 3));
            }
            assertThatEveryTargetIsRight(sources);
        }
    }

    private static int[] table(Map<Integer, Integer> sources) {
        int[] table = new int[1 + Collections.max(sources.keySet())];
        Arrays.fill(table, FdShuffle.NOTHING);
        sources.forEach((target, source) -> table[target] = source);
        return table;
    }

    /** Plays the calls on a table in which every number holds the file named after it. */
    private static void assertThatEveryTargetIsRight(Map<Integer, Integer> sources) {
        Map<Integer, String> table = new HashMap<>();
        sources.values().forEach(source -> table.put(source, "file " + source));
        for (Duplicate call : FdShuffle.order(table(sources))) {
            assertThat(table).as("%s of %s", call, sources).containsKey(call.from());
            table.put(call.to(), table.get(call.from()));
        }
        sources.forEach((target, source) -> assertThat(table.get(target))
                .as("target %s of %s", target, sources)
                .isEqualTo("file " + source));
    }
}
