package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.Loop;
import dev.activator.listener.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of the cgroup hierarchy (version 2, alone or beside version 1) that belongs to this super-server:
 * {@code activator-NAME} below the cgroup that we run in ourselves, and in it one cgroup for each instance, {@code UNIT/NUMBER}.
 * No controller is enabled until a limit asks for one, so that our own processes may stay where they are. For the loop's thread.
 */
public final class Cgroups {
    private static final String PREFIX = "activator-";
    private static final String FSTYPE = "cgroup2";

    private final ProcessCalls calls = new ProcessCalls();
    private final Path root;
    private final CgroupPool pool;
    private final CgroupControllers controllers;

    private Cgroups(Loop loop, Path root) {
        this.root = root;
        pool = new CgroupPool(loop, root);
        controllers = new CgroupControllers(root);
    }

    /**
     * Takes the subtree of that name.
     *
     * @param loop on which empty cgroups are given up after a while
     * @param name tells the super-servers of one host apart; the same at each start of one and the same, so that it finds what its
     *     predecessor left. Letters, digits and {@code ._-}
     * @return empty where there is no version 2 hierarchy, or we may not write to our part of it
     */
    public static Optional<Cgroups> open(Loop loop, String name) {
        try {
            Optional<Path> own = own(
                    Files.readAllLines(Path.of("/proc/self/mountinfo")),
                    Files.readAllLines(Path.of("/proc/self/cgroup")));
            return own.isEmpty() ? Optional.empty() : open(loop, own.get(), name);
        } catch (IOException noProc) {
            return Optional.empty();
        }
    }

    static Optional<Cgroups> open(Loop loop, Path own, String name) {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("'" + name + "' cannot name a cgroup");
        }
        Path root = own.resolve(PREFIX + name);
        try {
            Files.createDirectories(root);
        } catch (IOException refused) {
            return Optional.empty();
        }
        // A directory below a mount that is no cgroup file system has no such file.
        return Files.isWritable(root.resolve("cgroup.procs")) ? Optional.of(new Cgroups(loop, root)) : Optional.empty();
    }

    /** The directory of the cgroup that we are in, from the texts of proc_pid_mountinfo(5) and proc_pid_cgroup(5). */
    static Optional<Path> own(List<String> mounts, List<String> memberships) {
        Optional<String> path = memberships.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::".length()))
                .findFirst();
        for (String mount : mounts) {
            String[] halves = mount.split(" - ", 2);
            String[] place = halves[0].split(" ", -1);
            if (path.isPresent() && halves.length == 2 && halves[1].startsWith(FSTYPE + " ") && place.length > 4) {
                Path mounted = Path.of(place[3]);
                Path member = Path.of(path.get());
                if (!path.get().contains("/..") && member.startsWith(mounted)) {
                    return Optional.of(Path.of(place[4]).resolve(mounted.relativize(member)));
                }
            }
        }
        return Optional.empty();
    }

    /** The subtree's own directory. */
    public Path root() {
        return root;
    }

    /**
     * A cgroup for an instance of the unit.
     *
     * @throws SystemCallException where the kernel refuses, which a limit on the number of cgroups can bring about
     */
    ProcessTree create(String unit) {
        String name = safe(unit);
        return new CgroupTree(calls, pool.take(name), controllers, empty -> pool.giveBack(name, empty));
    }

    /**
     * Ends what a predecessor of the same name left running, waits some seconds at most until it has ended and given back its sockets, and
     * removes its cgroups. To be called once, before the first launch; on any thread.
     *
     * @return the cgroups that still had processes, {@code web.service/1}
     */
    public List<String> removeLeftovers() {
        List<Path> populated = new ArrayList<>();
        List<Path> units = CgroupTree.children(root);
        for (Path unit : units) {
            for (Path instance : CgroupTree.children(unit)) {
                if (isPopulated(instance)) {
                    populated.add(instance);
                    killLeftover(instance);
                }
            }
        }
        Leftovers.awaitEnd(populated, Cgroups::isPopulated);
        units.forEach(CgroupTree::remove);
        return populated.stream()
                .map(instance -> root.relativize(instance).toString())
                .toList();
    }

    private static boolean isPopulated(Path cgroup) {
        return CgroupFile.lines(cgroup, "cgroup.events").contains("populated 1");
    }

    private void killLeftover(Path cgroup) {
        if (!CgroupTree.killAtOnce(cgroup)) {
            CgroupTree.pids(cgroup).forEach(pid -> calls.kill(pid, Signal.KILL.number()));
        }
    }

    /** Removes the whole subtree; false where processes still live in it. */
    public boolean remove() {
        pool.clear();
        return CgroupTree.remove(root);
    }

    private static String safe(String name) {
        String safe = name.replace('/', '_');
        return safe.isEmpty() || safe.startsWith(".") ? "_" + safe : safe;
    }
}
