package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostConditionsTest {
    @Test
    void versionsAreComparedNumberByNumber() {
        assertThat(HostConditions.compareVersions("6.10.3", "6.9")).isPositive();
        assertThat(HostConditions.compareVersions("6.1.0-18-amd64", "6.1.0-9-amd64"))
                .isPositive();
        assertThat(HostConditions.compareVersions("5.4", "5.4")).isZero();
        assertThat(HostConditions.compareVersions("5.4", "5.4.1")).isNegative();
    }

    @Test
    void theKernelIsComparedOrMatched() {
        assertThat(HostConditions.isKernel(">= 2.6")).isTrue();
        assertThat(HostConditions.isKernel(">=2.6 <900")).isTrue();
        assertThat(HostConditions.isKernel(">=2.6 <3")).isFalse();
        assertThat(HostConditions.isKernel("*.*")).isTrue();
        assertThat(HostConditions.isKernel("2.4.*")).isFalse();
    }

    @Test
    void ourOwnAccountIsKnownByNameAndNumber() {
        assertThat(HostConditions.isUser(System.getProperty("user.name"))).isTrue();
        assertThat(HostConditions.isUser("no-such-user")).isFalse();
        assertThat(HostConditions.isInGroup("no-such-group")).isFalse();
    }

    @Test
    void whatIsNotThereIsNotThere() {
        assertThat(HostConditions.hasModule("no_such_module")).isFalse();
        assertThat(HostConditions.hasFeature("no-such-feature")).isFalse();
        assertThat(HostConditions.hasCapability("CAP_NO_SUCH")).isFalse();
        assertThat(HostConditions.isSystem("ID=no-such-system")).isFalse();
        assertThat(HostConditions.hasController("no-such-controller")).isFalse();
    }
}
