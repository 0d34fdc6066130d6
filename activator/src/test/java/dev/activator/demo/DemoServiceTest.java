package dev.activator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.experiment.Endpoint;
import org.junit.jupiter.api.Test;

class DemoServiceTest {
    private final DemoService web = new DemoService("web-01", ServiceKind.WEB, new Endpoint.Loopback(20001));
    private final DemoService echo = new DemoService("echo-01", ServiceKind.ECHO, new Endpoint.Loopback(20002));

    @Test
    void aServiceIsRunByTheUnitOfItsName() {
        assertThat(web.isRunBy("web-01.service")).isTrue();
        assertThat(web.isRunBy("web-010.service")).isFalse();
    }

    @Test
    void anInetdStyleProgramIsRunByTheInstancesOfItsTemplate() {
        assertThat(echo.serviceUnit()).isEqualTo("echo-01@.service");
        assertThat(echo.isRunBy("echo-01@3-17-0.service")).isTrue();
        assertThat(echo.isRunBy("echo-01@.service")).isFalse();
    }
}
