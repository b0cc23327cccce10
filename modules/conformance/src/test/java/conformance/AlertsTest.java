package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The alert rules of {@code etc/prometheus}, and the series that a fresh hub shows for them. */
class AlertsTest {

    private static final Path FOLDER = Path.of(System.getProperty("conformance.modules"))
            .resolve("../etc/prometheus")
            .normalize();
    private static final String RULES = "push.rules.yaml";
    private static final String TESTS = "push.rules.test.yaml";

    /** A series that Prometheus itself adds. */
    private static final String UP = "up";

    private static final Set<String> WORDS = Set.of(
            "or",
            "and",
            "unless",
            "offset",
            "by",
            "sum",
            "increase",
            "rate",
            "absent",
            "min_over_time",
            "max_over_time");

    private static final Pattern SHOWN = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");

    private static List<Series> fresh = List.of();

    /** One line of the metrics. */
    private record Series(String name, Map<String, String> labels, double value) {}

    /** A selector of a rule or a test. */
    private record Selector(String name, List<Matcher> matchers) {

        /** Whether Prometheus itself makes the series. */
        boolean isForeign() {
            return name.equals(UP);
        }
    }

    private record Matcher(String label, String operator, String value) {

        /** Whether Prometheus itself sets the label. */
        boolean isForeign() {
            return label.equals("job") || label.equals("instance");
        }

        boolean isPositive() {
            return operator.equals("=") || operator.equals("=~");
        }

        boolean matches(Series series) {
            String found = series.labels().getOrDefault(label, "");
            boolean same = operator.endsWith("~") ? found.matches(value) : found.equals(value);
            return same == isPositive();
        }

        /** One matcher for each alternative of a regular expression. */
        List<Matcher> alternatives() {
            return operator.endsWith("~")
                    ? List.of(value.split("\\|")).stream()
                            .map(one -> new Matcher(label, "=~", one))
                            .toList()
                    : List.of(new Matcher(label, "=", value));
        }
    }

    @BeforeAll
    static void readFreshHub() throws Exception {
        Foreign.install();
        try (HubProcess hub = HubProcess.start("push: {}")) {
            HubApi.Answer answer = hub.api().call("GET", "/observe/metrics", "");
            assertThat(answer.status(), is(200));
            fresh = SHOWN.matcher(answer.body())
                    .results()
                    .map(line -> new Series(
                            line.group(1),
                            labels(line.group(2) == null ? "" : line.group(2)),
                            Double.parseDouble(line.group(3))))
                    .toList();
        }
        assertThat(fresh.size(), greaterThan(100));
    }

    @AfterAll
    static void forget() {
        fresh = List.of();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        MATCHER.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(3)));
        return labels;
    }

    private static List<Selector> selectors(String promQl) {
        String text = promQl.replaceAll("\\[[^]]*]", " ") // ranges
                .replaceAll("offset \\w+", " ")
                .replaceAll("\\bby \\([^)]*\\)", " ")
                .replaceAll("(?<![\\w\"])[0-9.]+", " ");
        List<Selector> found = new ArrayList<>();
        for (MatchResult match : SELECTOR.matcher(text).results().toList()) {
            if (!WORDS.contains(match.group(1))) {
                String inner = match.group(2) == null ? "" : match.group(2);
                found.add(new Selector(
                        match.group(1),
                        MATCHER.matcher(inner)
                                .results()
                                .map(one -> new Matcher(one.group(1), one.group(2), one.group(3)))
                                .toList()));
            }
        }
        return found;
    }

    private static List<Series> matching(String name, Predicate<Series> condition) {
        return fresh.stream()
                .filter(series -> series.name().equals(name) && condition.test(series))
                .toList();
    }

    /** The expressions of the rules, each on one line. */
    private static List<String> expressions() throws Exception {
        List<String> expressions = new ArrayList<>();
        String text = Files.readString(FOLDER.resolve(RULES));
        Pattern expression = Pattern.compile("(?m)^ {8}expr: (?:>-\\n((?: {10}.*\\n)+)|(.*)\\n)");
        for (MatchResult match : expression.matcher(text).results().toList()) {
            expressions.add((match.group(1) == null ? match.group(2) : match.group(1))
                    .replaceAll("\\s+", " ")
                    .strip());
        }
        assertThat(expressions.size(), is(alerts().size()));
        return expressions;
    }

    private static List<String> alerts() throws Exception {
        return ALERT.matcher(Files.readString(FOLDER.resolve(RULES)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void rulesAreValid() throws Exception {
        assertThat(
                Foreign.promtool(FOLDER, "check", "rules", RULES),
                containsString("SUCCESS: " + alerts().size() + " rules found"));
    }

    @Test
    void eachAlertFiresForItsFaultAndNoneFiresOnAFreshHub() throws Exception {
        assertThat(Foreign.promtool(FOLDER, "test", "rules", TESTS), containsString("SUCCESS"));
        String tests = Files.readString(FOLDER.resolve(TESTS));
        String quiet = tests.substring(0, tests.indexOf("- name:", tests.indexOf("- name:") + 1));
        assertThat(quiet, not(containsString("exp_alerts")));
        for (String alert : alerts()) {
            assertThat(quiet, containsString("{ alertname: " + alert + ", "));
            assertThat(
                    alert + " has a test in which it fires",
                    Pattern.compile("- alertname: " + alert + "\n +eval_time: \\w+\n +exp_alerts:\n +- exp_labels")
                            .matcher(tests)
                            .find(),
                    is(true));
        }
    }

    @Test
    void aFreshHubHasEverySeriesThatARuleNames() throws Exception {
        for (String expression : expressions()) {
            List<Selector> selectors = selectors(expression);
            assertThat(expression, selectors, is(not(empty())));
            for (Selector selector : selectors) {
                if (!selector.isForeign()) {
                    assertIsShown(expression, selector);
                }
            }
        }
    }

    private static void assertIsShown(String expression, Selector selector) {
        List<Matcher> own = selector.matchers().stream()
                .filter(matcher -> !matcher.isForeign())
                .toList();
        assertThat(
                "is shown: " + selector + " of " + expression,
                matching(selector.name(), series -> own.stream().allMatch(matcher -> matcher.matches(series))),
                is(not(empty())));
        for (Matcher matcher : own) {
            for (Matcher alternative : matcher.alternatives()) { // excluded ones too: a typo excludes nothing
                assertThat(
                        "is shown: " + alternative + " of " + expression,
                        matching(selector.name(), alternative::matches),
                        is(not(empty())));
            }
        }
    }

    /** Skips the series of gateways, which a fresh hub does not have, and the series that Prometheus makes. */
    @Test
    void ruleTestsStartWithTheSeriesOfAFreshHub() throws Exception {
        Pattern input = Pattern.compile("\\{ series: '([^']*)', values: '([^']*)' }");
        List<MatchResult> inputs =
                input.matcher(Files.readString(FOLDER.resolve(TESTS))).results().toList();
        assertThat(inputs.size(), greaterThan(alerts().size()));
        for (MatchResult series : inputs) {
            Selector selector = selectors(series.group(1)).getFirst();
            Map<String, String> labels = labels(series.group(1));
            labels.keySet().removeAll(Set.of("job", "instance"));
            String gateway = labels.getOrDefault("gateway_client_id", "other");
            if (selector.isForeign() || !gateway.equals("other")) {
                continue;
            }
            List<Series> shown = matching(selector.name(), one -> one.labels().equals(labels));
            assertThat(series.group(), shown.size(), is(1));
            boolean varies = selector.name().startsWith("memory_");
            if (!varies && !series.group(2).startsWith("_")) {
                double first = Double.parseDouble(series.group(2).split("[x+]", 2)[0]);
                assertThat(series.group(), shown.getFirst().value(), is(first));
            }
        }
    }

    /** A fresh hub counts only its start and the request for the metrics. */
    @Test
    void aFreshHubHasEveryCounterAtZero() {
        Set<String> counted = new TreeSet<>();
        for (Series series : fresh) {
            if (series.name().endsWith("_total") && series.name().matches("(grpc_)?push_.*|http_.*")) {
                counted.add(series.name());
                assertThat(series.toString(), series.value(), is(0.0));
            }
        }
        assertThat(
                counted,
                is(Set.of(
                        "grpc_push_connections_ended_total",
                        "grpc_push_dropped_total",
                        "grpc_push_events_total",
                        "grpc_push_gaps_total",
                        "grpc_push_invalidations_missed_total",
                        "grpc_push_log_lines_dropped_total",
                        "grpc_push_streams_ended_total",
                        "http_requests_total",
                        "push_threads_failed_total")));
    }

    @Test
    void theJvmHasMetricsOfMemoryGarbageCollectionThreadsAndClasses() {
        List<String> names = fresh.stream().map(Series::name).distinct().toList();
        for (String prefix :
                List.of("memory_usedHeap", "memory_maxHeap", "gc_time", "gc_total", "thread_count", "classloader_")) {
            assertThat(names, hasItem(startsWith(prefix)));
        }
    }
}
