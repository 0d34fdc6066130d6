package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a directory that has a cgroup's files and none of its behaviour. */
class CgroupControllersTest {
    @TempDir
    private Path own;

    private Path root;
    private Path instance;

    @BeforeEach
    void makeCgroups() throws IOException {
        root = own.resolve("activator-x");
        instance = root.resolve("web.service/1");
        Files.createDirectories(instance);
        for (Path each : new Path[] {own, root, instance.getParent(), instance}) {
            Files.writeString(each.resolve("cgroup.controllers"), "");
            Files.writeString(each.resolve("cgroup.subtree_control"), "");
            Files.writeString(each.resolve("cgroup.procs"), "");
        }
    }

    @Test
    void aControllerIsHandedDownLevelByLevel() throws IOException {
        Files.writeString(own.resolve("cgroup.controllers"), "cpu memory pids\n");
        assertThat(new CgroupControllers(root).enable("memory", instance)).isEmpty();
        for (Path each : new Path[] {own, root, instance.getParent()}) {
            assertThat(each.resolve("cgroup.subtree_control")).hasContent("+memory");
        }
        assertThat(instance.resolve("cgroup.subtree_control")).isEmptyFile();
    }

    @Test
    void whatIsOnIsNotAskedForAgain() throws IOException {
        Files.writeString(instance.resolve("cgroup.controllers"), "memory pids\n");
        assertThat(new CgroupControllers(root).enable("pids", instance)).isEmpty();
        assertThat(own.resolve("cgroup.subtree_control")).isEmptyFile();
    }

    @Test
    void oneThatWeDoNotHaveIsSaidToBeMissing() throws IOException {
        Files.writeString(own.resolve("cgroup.controllers"), "hugetlb\n");
        assertThat(new CgroupControllers(root).enable("memory", instance))
                .isEqualTo(
                        "the cgroup that we run in has no controller 'memory'; it is given to version 1, or not delegated to us");
    }

    @Test
    void aRefusalNamesTheCgroupThatIsInTheWay() throws IOException {
        Files.writeString(own.resolve("cgroup.controllers"), "memory\n");
        Files.delete(root.resolve("cgroup.subtree_control"));
        assertThat(new CgroupControllers(root).enable("memory", instance))
                .isEqualTo("the kernel does not hand the controller 'memory' down from '" + root
                        + "', which may have processes of its own");
    }

    @Test
    void weMoveOutOfTheWayWhereNobodyElseIsThere() throws IOException {
        Files.writeString(own.resolve("cgroup.controllers"), "memory\n");
        Files.delete(own.resolve("cgroup.subtree_control"));
        Files.writeString(own.resolve("cgroup.procs"), ProcessHandle.current().pid() + "\n");
        Path leaf = Files.createDirectories(root.resolve("super-server"));
        Files.writeString(leaf.resolve("cgroup.procs"), "");
        assertThat(new CgroupControllers(root).enable("memory", instance)).contains("does not hand");
        assertThat(leaf.resolve("cgroup.procs")).hasContent("0");
    }
}
