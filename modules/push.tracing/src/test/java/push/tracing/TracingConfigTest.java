package push.tracing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingConfigTest {

    private static final URI HERE = URI.create("http://127.0.0.1:4318");

    private static @Nullable String refusal(URI endpoint, double samplingRatio, double deliveryRatio) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new TracingConfig(endpoint, "push", "a", samplingRatio, deliveryRatio))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "127.0.0.1", "/v1/traces", "http:///path"})
    void otherEndpointThanAnHttpUrlIsRefused(String endpoint) {
        assertThat(
                refusal(URI.create(endpoint), 1, 1),
                is("endpoint must be an http or https URL such as http://127.0.0.1:4318, but was " + endpoint));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void ratioOutsideZeroToOneIsRefused(double ratio) {
        assertThat(refusal(HERE, ratio, 1), is("samplingRatio must be from 0 to 1, but was " + ratio));
        assertThat(refusal(HERE, 1, ratio), is("deliveryRatio must be from 0 to 1, but was " + ratio));
    }

    @Test
    void boundsAreAllowed() {
        assertThat(new TracingConfig(HERE, "push", "a", 0, 1).deliveryRatio(), is(1.0));
    }
}
