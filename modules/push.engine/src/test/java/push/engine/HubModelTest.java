package push.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import push.engine.HubProgram.Cursors;
import push.engine.HubProgram.Step;

class HubModelTest {

    @Test
    void random() {
        for (int seed = Integer.getInteger("seed", 0); seed < 3000; seed++) {
            Random r = new Random(seed);
            int[] buffers = {0, 0, 2, 5};
            var limits = new NaiveHub.Limits(
                    1 + r.nextInt(12),
                    Duration.ofSeconds(5 + r.nextInt(20)).toNanos(),
                    1 + r.nextInt(5),
                    Duration.ofSeconds(10 + r.nextInt(60)).toNanos(),
                    buffers[r.nextInt(4)],
                    Duration.ofSeconds(4).toNanos());
            List<Step> done = new ArrayList<>();
            try (HubProgram p = new HubProgram(limits)) {
                for (int i = 0; i < 100; i++) {
                    Step s = step(r);
                    done.add(s);
                    p.run(s);
                }
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed " + seed + " " + limits + "\n"
                                + String.join(
                                        "\n",
                                        done.stream().map(Object::toString).toList()),
                        e);
            }
        }
    }

    private static Step step(Random r) {
        return switch (r.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> new Step.Publish(r.nextInt(3), HubProgram.KINDS.get(r.nextInt(2)));
            case 5, 6, 7 -> new Step.Invalidate(r.nextInt(3), r.nextInt(3));
            case 8, 9, 10 ->
                new Step.Subscribe(
                        r.nextInt(4),
                        List.of(Cursors.values()).get(r.nextInt(5)),
                        r.nextInt(20),
                        r.nextInt(6) == 0,
                        List.of(StalePolicy.values()).get(r.nextInt(3)),
                        interest(r));
            case 11, 12, 13, 14, 15 -> new Step.Read(r.nextInt(4), 1 + r.nextInt(4));
            case 16 -> new Step.Disconnect(r.nextInt(4));
            case 17 -> new Step.Wait(r.nextInt(8));
            case 18 -> new Step.Maintain();
            default -> r.nextInt(5) == 0 ? new Step.Restart() : new Step.Maintain();
        };
    }

    private static Interest interest(Random r) {
        return switch (r.nextInt(6)) {
            case 0 -> new Interest(Set.of(HubProgram.USERS.get(r.nextInt(3))), Set.of(), 0, 0);
            case 1 -> new Interest(Set.of(), Set.of(HubProgram.KINDS.get(r.nextInt(2))), 0, 0);
            case 2 -> new Interest(Set.of(), Set.of(), r.nextInt(2), 2);
            default -> Interest.ALL;
        };
    }
}
