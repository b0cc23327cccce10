package push.transport.gate;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/notifications:batch",
                "/a/",
                "/a.b/..c/...",
                "/-._~!$&'()*+,=:@",
                "/caf%C3%A9/%20%25%3B%3a",
                "/%252e%252e",
                "/?",
                "/?a=/?:@;!$&'()*+,=%41%00%FF",
                "/?reason=..//..",
                "/v1.Service/Method"
            })
    void acceptsPathsInNormalForm(String target) {
        assertEquals(Optional.empty(), RequestTarget.fault(RequestMethod.GET, target));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "`` ~ absolute path",
                "evil.example:443 ~ absolute path",
                "http://evil.example/ ~ absolute path",
                "a/b ~ absolute path",
                "* ~ for OPTIONS only",
                "** ~ absolute path",
                "/a/./b ~ dot segment",
                "/a/../b ~ dot segment",
                "/.. ~ dot segment",
                "/a/. ~ dot segment",
                "// ~ empty segment",
                "//a ~ empty segment",
                "/a//b ~ empty segment",
                "/a// ~ empty segment",
                "/a;b ~ path parameters",
                "/;/a ~ path parameters",
                "/%2e%2e/a ~ must not be encoded",
                "/%2E/a ~ must not be encoded",
                "/%41 ~ must not be encoded",
                "/%7e ~ must not be encoded",
                "/a%2Fb ~ encodes a slash",
                "/a%5cb ~ encodes a slash",
                "/a%00 ~ control character",
                "/a%0d%0a ~ control character",
                "/a%7F ~ control character",
                "/a%FF ~ not UTF-8",
                "/a%C0%80 ~ not UTF-8",
                "/a%ED%A0%80 ~ not UTF-8",
                "/% ~ percent sign",
                "/%4 ~ percent sign",
                "/%4g ~ percent sign",
                "/%-1 ~ percent sign",
                "/a#b ~ fragment",
                "/?a#b ~ fragment",
                "/a|b ~ percent-encoded",
                "/a{b ~ percent-encoded",
                "/a}b ~ percent-encoded",
                "/a\"b ~ percent-encoded",
                "/a<b ~ percent-encoded",
                "/a>b ~ percent-encoded",
                "/a^b ~ percent-encoded",
                "/a\\b ~ percent-encoded",
                "/a[b] ~ percent-encoded",
                "/a\u00e9 ~ percent-encoded",
                "/?a=|b ~ percent-encoded",
                "/?a=[0] ~ percent-encoded",
                "/?% ~ percent sign",
                "/?%zz ~ percent sign",
                "/?\u0080 ~ percent-encoded"
            })
    void describesTheFault(String target, String why) {
        String fault = RequestTarget.fault(RequestMethod.GET, target).orElse("nothing");
        assertAll(
                () -> assertTrue(fault.contains(why), fault),
                () -> assertTrue(fault.startsWith("the request target "), fault));
    }

    @Test
    void refusesEachCharacterThatAPathCannotHave() {
        for (int c : "\u0000\t\n\r \u007f`".chars().toArray()) {
            assertTrue(RequestTarget.fault(RequestMethod.GET, "/" + (char) c).isPresent(), () -> "character " + c);
        }
        assertTrue(RequestTarget.fault(RequestMethod.GET, "/a~b").isEmpty());
    }

    @Test
    void acceptsAnAsteriskWithOptions() {
        assertEquals(Optional.empty(), RequestTarget.fault(RequestMethod.OPTIONS, "*"));
    }

    @Test
    void showsTheTargetEscapedAndShort() {
        String fault = RequestTarget.fault(RequestMethod.GET, "/\r\n\"\u00ff" + "x".repeat(1000))
                .orElseThrow();
        assertAll(
                () -> assertTrue(fault.startsWith("the request target \"/\\x0d\\x0a\\\"\\xffxxx"), fault),
                () -> assertTrue(fault.length() < 250, fault));
    }
}
