package dev.activator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceMixTest {
    @Test
    void threeFifthsAreJvms() {
        assertThat(ServiceMix.of(100, true)).isEqualTo(new ServiceMix(60, 20, 20));
    }

    @Test
    void theSmallestMixHasOneOfEachKind() {
        assertThat(ServiceMix.of(3, true)).isEqualTo(new ServiceMix(1, 1, 1));
    }

    @Test
    void aMixThatFitsStaysAsItIs() {
        ServiceMix mix = ServiceMix.of(100, true);

        assertThat(mix.within(mix.usualMebibytes())).isSameAs(mix);
    }

    @Test
    void scarceMemoryLeavesASampleOfEveryKind() {
        ServiceMix sample = ServiceMix.of(100, true).within(500);

        assertThat(sample).isEqualTo(new ServiceMix(11, 3, 3));
        assertThat(sample.usualMebibytes()).isLessThanOrEqualTo(500);
    }

    @Test
    void noMemoryAtAllLeavesOneOfEachKindThatThereIs() {
        assertThat(ServiceMix.of(10, false).within(0)).isEqualTo(new ServiceMix(1, 0, 1));
    }
}
