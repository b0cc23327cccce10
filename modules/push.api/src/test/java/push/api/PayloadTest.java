package push.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ReadOnlyBufferException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @Test
    void mapBecomesCompactJson() {
        assertThat(Payload.of(Map.of("text", "grüß")).toString(), is("{\"text\":\"grüß\"}"));
    }

    @Test
    void jsonTextStaysAsItIs() {
        assertThat(Payload.ofJson("{ \"n\" : 1.00 }").toString(), is("{ \"n\" : 1.00 }"));
    }

    @Test
    void sizeCountsBytes() {
        assertThat(Payload.ofJson("{\"ü\":1}").size(), is(8));
    }

    @Test
    void bytesCannotBeChanged() {
        assertThrows(
                ReadOnlyBufferException.class, () -> Payload.ofJson("{}").utf8().put(0, (byte) 'x'));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void numberWithoutJsonFormIsRefused(double number) {
        assertThrows(IllegalArgumentException.class, () -> Payload.of(Map.of("n", number)));
    }

    @Test
    void valueWithoutJsonFormIsRefused() {
        var cyclic = new java.util.HashMap<String, Object>();
        cyclic.put("self", cyclic);
        assertThrows(IllegalArgumentException.class, () -> Payload.of(cyclic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "{", "{}{}", "{} x", "{\"a\":1,\"a\":2}", "{'a':1}", "{\"a\":NaN}"})
    void anythingButOneJsonObjectIsRefused(String json) {
        var e = assertThrows(IllegalArgumentException.class, () -> Payload.ofJson(json));
        assertThat(e.getMessage(), startsWith("payload"));
    }
}
