package app;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubWebServerTest {

    @ParameterizedTest
    @CsvSource({
        "false, 127.0.0.1, http://127.0.0.1:8080",
        "true, hub.example, https://hub.example:8080",
        "true, ::1, https://[::1]:8080",
        "false, [fd00::1], http://[fd00::1]:8080",
        "false, my_host, http://my_host:8080"
    })
    void urlHasBracketsAroundAnIpv6Address(boolean secured, String host, String url) {
        assertThat(HubWebServer.url(secured, host, 8080), is(url));
    }
}
