package dev.activator.handoff;

import dev.activator.handoff.kernel.Descriptors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Enables controllers from the cgroup that we run in down to an instance's own. The kernel lets a cgroup with processes of its own hand a
 * controller down only at the root of the hierarchy; elsewhere we move out of the way, if nobody but us is there. For the loop's thread.
 * kernel's cgroup-v2.rst "No Internal Process Constraint".
 */
final class CgroupControllers {
    private static final String SUBTREE = "cgroup.subtree_control";
    private static final String OURSELVES = "super-server";

    private final Path root;

    /** @param root our own subtree, in the cgroup that we run in */
    CgroupControllers(Path root) {
        this.root = root;
    }

    /** Has the controller at work in that cgroup, which is below the root; a clause where that cannot be, else empty. */
    String enable(String controller, Path instance) {
        Path own = root.getParent();
        if (has(instance, "cgroup.controllers", controller)) {
            return "";
        }
        if (own == null || !has(own, "cgroup.controllers", controller)) {
            return "the cgroup that we run in has no controller '" + controller
                    + "'; it is given to version 1, or not delegated to us";
        }
        for (Path above : above(instance, own)) {
            String change = "+" + controller;
            boolean isOn = has(above, SUBTREE, controller) || CgroupFile.write(above, SUBTREE, change);
            if (!isOn && above.equals(own) && isOursAlone(own)) {
                moveOut();
                isOn = CgroupFile.write(above, SUBTREE, change);
            }
            if (!isOn) {
                return "the kernel does not hand the controller '" + controller + "' down from '" + above
                        + "', which may have processes of its own";
            }
        }
        return "";
    }

    /** From the cgroup that we run in down to the one above the instance's. */
    private static List<Path> above(Path instance, Path own) {
        List<Path> above = new ArrayList<>();
        for (Path each = instance.getParent(); each != null && each.startsWith(own); each = each.getParent()) {
            above.add(0, each);
        }
        return above;
    }

    private static boolean isOursAlone(Path own) {
        return CgroupFile.lines(own, "cgroup.procs")
                .equals(List.of(Long.toString(ProcessHandle.current().pid())));
    }

    private void moveOut() {
        Path leaf = root.resolve(OURSELVES);
        Descriptors.makeDirectory(leaf.toString(), 0755);
        CgroupFile.write(leaf, "cgroup.procs", "0");
    }

    private static boolean has(Path cgroup, String file, String controller) {
        return CgroupFile.lines(cgroup, file).stream()
                .anyMatch(line -> List.of(line.split(" ", -1)).contains(controller));
    }
}
