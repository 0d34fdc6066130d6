package dev.activator.server;

import dev.activator.listener.AccountIds;
import dev.activator.listener.Farewells;
import dev.activator.listener.WaitingRoom;
import java.time.ZoneId;
import java.util.function.DoubleSupplier;

/**
 * What all sockets share to receive clients with.
 *
 * @param load the host's load average
 * @param zone where AccessTimes= are local
 */
record Reception(Farewells farewells, WaitingRoom waitingRoom, AccountIds accounts, DoubleSupplier load, ZoneId zone) {}
