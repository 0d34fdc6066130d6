package dev.activator.demo;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Visits to the services that are no JVMs.
 *
 * @param clock null where this host has no program for it
 */
record OtherKinds(Visit echo, @Nullable Visit clock) {
    static OtherKinds visit(Stage stage) throws IOException, InterruptedException {
        Visit echo = visitEcho(stage);
        return new OtherKinds(echo, stage.fleet().perl().isPresent() ? visitClock(stage) : null);
    }

    private static Visit visitEcho(Stage stage) throws IOException, InterruptedException {
        Screen screen = stage.screen();
        DemoService echo = stage.first(ServiceKind.ECHO);
        screen.step("A program that knows nothing of sockets");
        screen.say(
                "With Accept=yes each connection gets a process of its own, whose standard input and output it is, as inetd did"
                        + " it. The program here is cat, which ends when its client leaves.");
        stage.commands().show("cat", echo.socketUnit(), echo.serviceUnit());
        try (Visitor visitor = Visitor.connect(echo)) {
            Visit visit = screen.show(visitor);
            stage.commands().show("list-units", "--no-legend", echo.name() + "@*.service");
            screen.pause();
            return visit;
        }
    }

    private static Visit visitClock(Stage stage) throws IOException, InterruptedException {
        Screen screen = stage.screen();
        DemoService clock = stage.first(ServiceKind.CLOCK);
        screen.step("A native daemon on a Unix socket");
        screen.say("This one takes its listener as systemd hands it over: descriptor 3, LISTEN_FDS=1, LISTEN_PID.");
        try (Visitor visitor = Visitor.connect(clock)) {
            Visit visit = screen.show(visitor);
            screen.pause();
            return visit;
        }
    }
}
