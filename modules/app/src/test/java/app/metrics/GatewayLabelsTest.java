package app.metrics;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GatewayLabelsTest {

    @Test
    void firstIdsKeepTheirNamesAndOthersShareALabel() {
        GatewayLabels labels = new GatewayLabels(2);
        assertThat(labels.of("a"), is("a"));
        assertThat(labels.of("b"), is("b"));
        assertThat(labels.of("c"), is("other"));
        assertThat(labels.of("d"), is("other"));
    }

    @Test
    void labelOfAnIdNeverChanges() {
        GatewayLabels labels = new GatewayLabels(1);
        labels.of("a");
        labels.of("b");
        assertThat(labels.of("a"), is("a"));
        assertThat(labels.of("b"), is("other"));
    }

    @Test
    void concurrentIdsGetNoMoreLabelsThanTheMaximum() throws Exception {
        GatewayLabels labels = new GatewayLabels(10);
        List<Callable<String>> gateways = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String id = "g" + i % 100;
            gateways.add(() -> labels.of(id));
        }
        Set<String> given = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> label : threads.invokeAll(gateways)) {
                given.add(label.get());
            }
        }
        assertThat(given.remove("other"), is(true));
        assertThat(given.size(), is(10));
    }
}
