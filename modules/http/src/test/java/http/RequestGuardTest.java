package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.helidon.http.Status;
import java.util.Map;
import java.util.Set;
import limits.RequestBudget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;

class RequestGuardTest {

    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            new HttpSettings(Set.of("Hub.Example.", "push.internal"), RequestBudget.of(8 << 20)),
            routing ->
                    routing.any("/any", (request, response) -> Json.send(request, response, Status.OK_200, Map.of()))));

    @AfterEach
    void close() {
        server.close();
    }

    private int status(String method, String path, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return server.raw(head + "\r\n").status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:8080",
                "203.0.113.7:1",
                "127.0.0.1.",
                "[::1]",
                "[::1]:8080",
                "[2001:DB8::7]:443",
                "[::ffff:127.0.0.1]",
                "localhost",
                "LocalHost:8080",
                "localhost.",
                "hub",
                "push_backend:80",
                "hub.example",
                "HUB.EXAMPLE:8443",
                "hub.example.",
                "push.internal"
            })
    void hostOfThisServerIsAccepted(String host) {
        assertThat(status("GET", "/any", "Host: " + host), is(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "hub.example.evil.example",
                "evilhub.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.1",
                "256.0.0.1",
                "1.2.3",
                "localhost.evil",
                "a.localhost",
                "localhost..",
                "user@localhost",
                "user:pass@hub.example",
                "hub.example@evil.example",
                "evil.example#",
                "evil%2eexample",
                "locälhost",
                "[::1%25lo]",
                "hub.example/",
                "a b"
            })
    void otherHostIsRefusedAtAnyPath(String host) {
        for (String path : new String[] {"/any", "/none"}) {
            for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS"}) {
                assertThat(host, status(method, path, "Host: " + host) / 100, is(4));
                assertThat(host, status(method, path, "Host: " + host) == 404, is(false));
            }
        }
    }

    @Test
    void problemOfAHostNamesTheSetting() {
        TestServer.Answer answer = server.raw("GET /any HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        assertThat(answer.problem(421), containsString("server.hosts"));
        assertThat(answer.type(), is("/problems/misdirected-request"));
    }

    @Test
    void hostMustBePresentOnce() {
        assertThat(status("GET", "/any", "Host: localhost", "Host: localhost") / 100, is(4));
        assertThat(status("GET", "/any", "Host: localhost", "Host: evil.example") / 100, is(4));
        assertThat(status("GET", "/any", "Accept: */*") / 100, is(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: ",
                "Origin: http://localhost:9999",
                "Origin: http://localhost:8080.evil.example",
                "Origin: http://evil.example@localhost:8080",
                "Origin: file://localhost:8080",
                "Origin: localhost:8080",
                "Origin: http://127.0.0.1:8080",
                "Origin: http://localhost:8080/",
                "Origin: http://localhost:8080\r\nOrigin: http://evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: CROSS-SITE",
                "Sec-Fetch-Site: anything",
                "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site"
            })
    void pageOfAnotherSiteIsRefusedAtAnyPath(String header) {
        for (String path : new String[] {"/any", "/none"}) {
            for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS", "NONSENSE"}) {
                assertThat(status(method, path, "Host: localhost:8080", header), is(403));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://localhost:8080",
                "Origin: https://LOCALHOST:8080",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none"
            })
    void ownPageIsAccepted(String header) {
        assertThat(status("GET", "/any", "Host: localhost:8080", header), is(200));
    }

    @Test
    void defaultPortEqualsNoPort() {
        assertThat(status("GET", "/any", "Host: hub.example", "Origin: https://hub.example"), is(200));
        assertThat(status("GET", "/any", "Host: hub.example", "Origin: https://hub.example:443"), is(200));
        assertThat(status("GET", "/any", "Host: hub.example:80", "Origin: http://hub.example"), is(200));
        assertThat(status("GET", "/any", "Host: [::1]", "Origin: http://[0:0:0:0:0:0:0:1]"), is(200));
    }

    private TestServer.Answer body(String... headers) {
        return server.raw(TestServer.head("POST", "/any", headers) + "Content-Length: 2\r\n\r\n{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: */*",
                "Content-Type: ",
                "Content-Type: text/plain",
                "Content-Type: text/plain; application/json",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=application/json",
                "Content-Type: application/json; charset=iso-8859-1",
                "Content-Type: application/json; charset=utf-16",
                "Content-Type: application/json; charset=\"utf-8",
                "Content-Type: application/json; boundary=x",
                "Content-Type: application/json, text/plain",
                "Content-Type: application/json\r\nContent-Type: text/plain",
                "Content-Type: application/json\r\nContent-Encoding: gzip",
                "Content-Type: application/json\r\nContent-Encoding: identity",
                "Content-Type: application/json\r\nContent-Encoding: identity, gzip",
                "Content-Type: application/json\r\nContent-Encoding: nonsense"
            })
    void otherMediaTypeIsRefused(String headers) {
        TestServer.Answer answer = body(headers);
        answer.problem(415);
        assertThat(answer.type(), is("/problems/unsupported-media-type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=UTF-8",
                "application/json ; charset=\"utf-8\" ;",
                "application/json;"
            })
    void jsonIsAccepted(String type) {
        assertThat(body("Content-Type: " + type).status(), is(200));
    }

    @Test
    void requestWithoutABodyNeedsNoType() {
        assertThat(status("POST", "/any", "Host: test", "Content-Length: 0"), is(200));
        assertThat(status("DELETE", "/any", "Host: test"), is(200));
    }
}
