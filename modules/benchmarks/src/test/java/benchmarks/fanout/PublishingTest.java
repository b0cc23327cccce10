package benchmarks.fanout;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PublishingTest {

    /** Has room for five events after every flush, and records the published events. */
    private static final class RecordingTarget implements Target {

        private final List<Long> numbers = new ArrayList<>();
        private final List<Long> dues = new ArrayList<>();
        private int room = 5;
        private int ends = Integer.MAX_VALUE;

        @Override
        public int port() {
            return 0;
        }

        @Override
        public int subscribers() {
            return 0;
        }

        @Override
        public int room() {
            return room;
        }

        @Override
        public void publish(byte[] payload) {
            if (numbers.size() == ends) {
                throw new IllegalStateException("the target has ended");
            }
            room--;
            numbers.add(Stamp.number(payload, 0) - Stamp.FIRST);
            dues.add(Stamp.due(payload, 0));
        }

        @Override
        public void flush() {
            room = 5;
        }

        @Override
        public void close() {}
    }

    private final RecordingTarget target = new RecordingTarget();
    private final Publishing publishing = new Publishing(target, 100);

    @Test
    void fullSpeedPublishesNoMoreEventsThanFit() {
        publishing.flatOutCount(12);
        assertThat(target.numbers, is(LongStream.range(0, 12).boxed().toList()));
        assertThat(publishing.next(), is(Stamp.FIRST + 12));
    }

    @Test
    void publishesUntilTheTargetEnds() {
        target.ends = 20;
        assertThrows(IllegalStateException.class, () -> publishing.flatOutCount(Long.MAX_VALUE));
        assertThat(target.numbers.size(), is(20));
    }

    @Test
    void eventsFollowTheScheduleAndHaveTheirDueTime() {
        long before = Stamp.now();
        publishing.paced(1000, 4);
        assertThat(target.numbers, contains(0L, 1L, 2L, 3L));
        for (int i = 1; i < 4; i++) {
            assertThat(target.dues.get(i) - target.dues.get(i - 1), is(1_000_000L));
        }
        assertThat(target.dues.get(0) >= before, is(true));
        assertThat(Stamp.now() >= target.dues.get(3), is(true));
    }
}
