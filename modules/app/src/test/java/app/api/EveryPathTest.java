package app.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import app.api.RawHttp.Answer;
import app.api.RawHttp.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import testing.TestDatabase;

/** Tests the rules that apply to every path of the API: its methods, and requests from other sites. */
class EveryPathTest {

    private static final String ANY_ID = "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11";

    private final ApiServer server = new ApiServer(TestDatabase.H2);
    private final RawHttp client = server.client();
    private ApiDocument document;

    @BeforeEach
    void read() throws IOException {
        document = new ApiDocument(client.send(new Request("GET", "/openapi.json", List.of(), null))
                .body());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void otherMethodsAreRefusedWithTheAllowedOnes() throws Exception {
        List<String> methods = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
        for (Map.Entry<String, Set<String>> path : document.methods().entrySet()) {
            String target = path.getKey().replaceAll("\\{[^}]*}", ANY_ID);
            for (String method : methods) {
                if (!path.getValue().contains(method)) {
                    Answer answer = client.send(new Request(method, target, List.of("X-Request-Id: mine"), null));
                    assertThat(method + " " + target + ": " + answer, answer.status(), is(405));
                    assertThat(Set.of(answer.header("Allow").split(", ")), is(path.getValue()));
                    assertThat(answer.header("X-Request-Id"), is("mine"));
                    assertThat(method.equals("HEAD") ? "" : document.complaintOfProblem(answer), is(""));
                }
            }
        }
    }

    @Test
    void everyPathListsItsMethodsAndSupportsHead() throws Exception {
        for (Map.Entry<String, Set<String>> path : document.methods().entrySet()) {
            String target = path.getKey().replaceAll("\\{[^}]*}", ANY_ID);
            Answer options = client.send(new Request("OPTIONS", target, List.of(), null));
            assertThat(target, options.status(), is(204));
            assertThat(target, Set.of(options.header("Allow").split(", ")), is(path.getValue()));
            if (path.getValue().contains("GET")) {
                Answer get = client.send(new Request("GET", target, List.of(), null));
                Answer head = client.send(new Request("HEAD", target, List.of(), null));
                assertThat(target, head.status(), is(get.status()));
                assertThat(target, head.contentType(), is(get.contentType()));
                assertThat(target, Integer.parseInt(head.header("Content-Length")) > 0, is(true));
            }
        }
    }

    @Test
    void requestsFromOtherSitesAreRefused() throws Exception {
        List<String> targets = new ArrayList<>(List.of("/", "/none", "/observe", "/console/"));
        document.methods().keySet().forEach(path -> targets.add(path.replaceAll("\\{[^}]*}", ANY_ID)));
        for (String target : targets) {
            for (String method : List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS")) {
                for (String header :
                        List.of("Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site")) {
                    Answer answer = client.send(new Request(method, target, List.of(header), null));
                    assertThat(method + " " + target + " " + header, answer.status(), is(403));
                }
            }
        }
    }
}
