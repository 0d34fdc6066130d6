package dev.activator.demo;

import dev.activator.experiment.Endpoint;
import dev.activator.experiment.FreePorts;
import dev.activator.experiment.Launcher;
import dev.activator.experiment.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The services that the tour declares, in order of their names within each kind.
 *
 * @param perl the interpreter of the native daemons; without one there are none
 * @param pagePort a free port for the page to look at
 */
record Fleet(List<DemoService> services, Optional<Path> perl, int pagePort) {
    private static final String CLOCK_SCRIPT = "clock.pl";

    Fleet {
        services = List.copyOf(services);
    }

    /** Chooses free ports and names for so many services. */
    static Fleet choose(int count, Path sockets, Map<String, String> environment) throws IOException {
        Optional<Path> perl = Programs.find("perl", environment);
        ServiceMix mix = ServiceMix.of(count, perl.isPresent());
        List<Integer> ports = FreePorts.find(mix.web() + mix.echo() + 1);
        List<DemoService> services = new ArrayList<>();
        for (ServiceKind kind : ServiceKind.values()) {
            for (int number = 1; number <= mix.count(kind); number++) {
                String name = String.format(Locale.ROOT, "%s-%02d", kind.prefix(), number);
                Endpoint endpoint = kind == ServiceKind.CLOCK
                        ? new Endpoint.File(sockets.resolve(name))
                        : new Endpoint.Loopback(
                                ports.get(kind == ServiceKind.WEB ? number - 1 : mix.web() + number - 1));
                services.add(new DemoService(name, kind, endpoint));
            }
        }
        return new Fleet(services, perl, ports.get(ports.size() - 1));
    }

    /** Writes the unit files of all, and the program of the native daemons beside them. */
    void write(Path units) throws IOException {
        Path script = units.resolve(CLOCK_SCRIPT);
        try (InputStream content =
                Objects.requireNonNull(Fleet.class.getResourceAsStream(CLOCK_SCRIPT), CLOCK_SCRIPT)) {
            Files.copy(content, script, StandardCopyOption.REPLACE_EXISTING);
        }
        for (DemoService service : services) {
            Files.writeString(units.resolve(service.socketUnit()), UnitText.socket(service));
            Files.writeString(
                    units.resolve(service.serviceUnit()), UnitText.service(service, command(service, script)));
        }
    }

    ServiceMix mix() {
        return new ServiceMix(
                of(ServiceKind.WEB).size(),
                of(ServiceKind.CLOCK).size(),
                of(ServiceKind.ECHO).size());
    }

    List<DemoService> of(ServiceKind kind) {
        return services.stream().filter(service -> service.kind() == kind).toList();
    }

    /** The first ones of each kind, as many as the mix says. */
    List<DemoService> sample(ServiceMix wanted) {
        List<DemoService> sample = new ArrayList<>();
        for (ServiceKind kind : ServiceKind.values()) {
            sample.addAll(of(kind).subList(0, wanted.count(kind)));
        }
        return sample;
    }

    private List<String> command(DemoService service, Path script) throws IOException {
        return switch (service.kind()) {
            case WEB ->
                UnitText.smallJvm(Programs.java(), Launcher.codeSource(), HttpService.class.getName(), service.name());
            case CLOCK -> List.of(perl.orElseThrow().toString(), script.toString());
            case ECHO ->
                List.of(Programs.find("cat", System.getenv())
                        .orElseThrow(() -> new IOException("there is no 'cat' in PATH"))
                        .toString());
        };
    }
}
