package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessChecksTest {

    private static UnitText.Parsed parse(String lines) {
        return Units.parse("x.socket", ("[Socket];" + lines).split(";"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ListenStream=80;[X-Activator];AllowFrom=10.0.0.300 | AllowFrom= '10.0.0.300': '10.0.0.300' is no address such as '192.0.2.1', network such as '10.0.0.0/8' or '2001:db8::/32', 'any', 'localhost', 'link-local', 'uid:USER' or 'gid:GROUP'",
                "ListenStream=80;[X-Activator];AllowFrom=locahost | AllowFrom= 'locahost': 'locahost' is no address such as '192.0.2.1', network such as '10.0.0.0/8' or '2001:db8::/32', 'any', 'localhost', 'link-local', 'uid:USER' or 'gid:GROUP'; did you mean 'localhost'?",
                "ListenStream=80;[X-Activator];DenyFrom=10.0.0.0/33 | DenyFrom= '10.0.0.0/33': '10.0.0.0/33': the number behind the slash is 0..32",
                "ListenStream=80;[X-Activator];DenyFrom=10.0.0.1/8 | DenyFrom= '10.0.0.1/8': '10.0.0.1/8' has bits behind its prefix; did you mean '10.0.0.0/8'?",
                "ListenStream=80;[X-Activator];AllowFrom=::1;DenyFrom=::1 | DenyFrom= '::1' stands in AllowFrom= too",
                "ListenStream=80;[X-Activator];AllowFrom=uid:root | AllowFrom= 'uid:root' needs Accept=yes or Handoff=pass: nobody sees the user before the service accepts",
                "ListenStream=/s;[X-Activator];AllowFrom=::1 | AllowFrom= cannot be applied to '/s' with Accept=no; move that to another unit, and restrict it with SocketUser=, SocketGroup= and SocketMode=",
                "ListenStream=80;[X-Activator];Banner=/b | Banner= needs Accept=yes or Handoff=pass: the service has the connection else",
                "ListenStream=80;[X-Activator];ConnectionRatePerSource=3 | ConnectionRatePerSource= needs Accept=yes or Handoff=pass: the service accepts else, and nobody counts",
                "ListenStream=80;[X-Activator];ConnectionRate=fast | ConnectionRate= 'fast': expected a number from 1 on and a time, such as '50/1s' or '1000/1min'",
                "ListenStream=80;[X-Activator];AccessTimes=9-5 | AccessTimes= '9-5': '9-5' is neither days such as 'Mon..Fri' or 'Sat,Sun' nor hours such as '08:00-18:00'",
            })
    void rulesThatCannotHoldRefuseTheUnit(String lines, String reason) {
        UnitText.Parsed parsed = parse(lines);
        assertThat(parsed.unit()).isNull();
        assertThat(parsed.problems()).last().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(reason + ", 'x.socket' not loaded");
            assertThat(problem.location().line()).isGreaterThan(3);
            assertThat(problem.location().column()).isGreaterThan(4);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ListenStream=/s;[X-Activator];WakeOn=first-byte | WakeOn=first-byte does not hold for '/s': the kernel does not tell whether a queued connection has data, so a connection wakes",
                "ListenStream=80;[X-Activator];WakeOn=first-bite | WakeOn= 'first-bite': expected one of connection, first-byte; did you mean 'first-byte'?, ignoring",
                "ListenDatagram=80;[X-Activator];WhileSuspended=reset | WhileSuspended=reset does not hold for '[::]:80': there is no connection that could be answered, so what comes is held",
                "ListenStream=80;[X-Activator];WhileSuspended=rest | WhileSuspended= 'rest': expected one of hold, reset, answer:FILE; did you mean 'reset'?, ignoring",
                "ListenStream=80;[X-Activator];OnLimit=banner:x | OnLimit= 'banner:x': must be an absolute path, ignoring",
                "ListenStream=80;[X-Activator];OnLimit=refuse | OnLimit= has no effect without Accept=yes or Handoff=pass, ignoring",
                "ListenStream=80;[X-Activator];ConnectionRate=5 | ConnectionRate= counts wake-ups with Accept=no; what a running service accepts is not seen",
                "ListenStream=80;[X-Activator];MaxLoad=-1 | MaxLoad= '-1': expected a load average above 0, such as '8' or '2.5', ignoring",
                "ListenStream=/s;Accept=yes;[X-Activator];AllowFrom=::1 | AllowFrom= lets nobody in at '/s': it has no 'uid:' or 'gid:'",
                "ListenStream=80;Accept=yes;[X-Activator];AllowFrom=gid:27 | AllowFrom= lets nobody in at '[::]:80': it has no address",
            })
    void whatDoesNotHoldIsTold(String lines, String warning) {
        UnitText.Parsed parsed = parse(lines);
        assertThat(parsed.unit()).isNotNull();
        assertThat(parsed.problems())
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo(warning);
    }

    @Test
    void aServiceThatSeemsToCloseADoorDoesNotStart() {
        UnitText.Parsed parsed =
                Units.parse("x.service", "[Service]", "ExecStart=/x", "[X-Activator]", "AllowFrom=::1", "MaxLoad=3");
        assertThat(Units.loaded(parsed).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.message())
                        .startsWith("AllowFrom= cannot be applied (it holds for sockets; set it in the socket unit)"));
        assertThat(Units.messages(parsed))
                .anyMatch(message -> message.endsWith(
                        "MaxLoad= is not supported (it holds for sockets; set it in the socket unit), ignoring"));
    }
}
