package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.HostFacts;
import dev.activator.config.LoadOptions;
import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import dev.activator.handoff.Accounts;
import dev.activator.handoff.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a service runs as, asked of the host seldom. */
class IdentitiesTest {
    @TempDir
    Path directory;

    private long nanos = 1;

    private ServiceUnit service(String settings) throws IOException {
        Files.writeString(directory.resolve("a.service"), "[Service]\nExecStart=/bin/true\n" + settings);
        return UnitLoader.load(List.of(directory), HostFacts.forTests(), LoadOptions.DEFAULT)
                .service(Objects.requireNonNull(UnitName.parse("a.service")))
                .orElseThrow();
    }

    @Test
    void anAnswerHoldsForAWhileAndIsAskedForAgain() throws IOException, LaunchFailure {
        Identities identities = new Identities(new Accounts(), OwnAccount.read(new Accounts()), () -> nanos);
        ServiceUnit root = service("User=root\n");
        LaunchInputs.Identity first = Objects.requireNonNull(identities.of(root));
        assertThat(first.credentials().uid()).isZero();
        assertThat(identities.of(root)).isSameAs(first);
        nanos += Duration.ofSeconds(31).toNanos();
        assertThat(identities.of(root)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void whoAsksForSomethingElseGetsHisOwnAnswer() throws IOException, LaunchFailure {
        Identities identities = new Identities(new Accounts(), OwnAccount.read(new Accounts()), () -> nanos);
        assertThat(identities.of(service(""))).isNull();
        LaunchInputs.Identity nobody = Objects.requireNonNull(identities.of(service("User=nobody\n")));
        LaunchInputs.Identity inGroup = Objects.requireNonNull(identities.of(service("User=nobody\nGroup=0\n")));
        assertThat(inGroup.credentials().gid()).isZero();
        assertThat(nobody.credentials().gid()).isNotZero();
    }
}
