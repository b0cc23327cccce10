package conformance.soak;

import static conformance.soak.Population.KINDS;
import static conformance.soak.Population.USERS;
import static push.protocol.v1.StalePolicy.LIVE_TAIL;
import static push.protocol.v1.StalePolicy.OLDEST_RETAINED;

import java.util.ArrayList;
import java.util.List;
import push.protocol.v1.Interest;

/** The subscribers of a soak, and the hubs that they subscribe to. */
public record Mix(List<Profile> profiles, List<Phase> phases) {

    /** Fifty v1 subscribers, and a hub that need not lose events, because v1 does not report a loss. */
    public static final Mix V1 = new Mix(
            List.of(
                    Profile.v1("steady", 8),
                    Profile.v1("cut", 30).onBadConnections(),
                    Profile.v1("slow", 6).readingSlowly(),
                    Profile.v1("slow-cut", 6).readingSlowly().onBadConnections()),
            List.of(Phase.ROOMY));

    /** Fifty subscribers of all profiles, and all hubs. */
    public static final Mix FULL = new Mix(all(), List.of(Phase.ROOMY, Phase.SHORT_LOG, Phase.SMALL_BUFFER));

    private static List<Profile> all() {
        Interest.Builder users = Interest.newBuilder().addAllUserIds(USERS.subList(0, 4));
        Interest.Builder kinds = Interest.newBuilder().addAllKinds(KINDS.subList(0, 2));
        Interest.Builder both =
                Interest.newBuilder().addAllUserIds(USERS.subList(2, 12)).addKinds(KINDS.getLast());
        List<Profile> profiles = new ArrayList<>(List.of(
                Profile.v1("steady-v1", 2),
                Profile.v1("steady", 4).withNotices(LIVE_TAIL),
                Profile.v1("steady-kinds", 2).withNotices(LIVE_TAIL).withInterest(kinds),
                Profile.v1("cut-v1", 4).onBadConnections(),
                Profile.v1("cut-tail", 8).withNotices(LIVE_TAIL).onBadConnections(),
                Profile.v1("cut-oldest", 8).withNotices(OLDEST_RETAINED).onBadConnections(),
                Profile.v1("slow-v1", 1).readingSlowly(),
                Profile.v1("slow-tail", 3).withNotices(LIVE_TAIL).readingSlowly(),
                Profile.v1("slow-cut-oldest", 3)
                        .withNotices(OLDEST_RETAINED)
                        .readingSlowly()
                        .onBadConnections(),
                Profile.v1("slow-users", 2)
                        .withNotices(OLDEST_RETAINED)
                        .withInterest(users)
                        .readingSlowly(),
                Profile.v1("cut-users", 3)
                        .withNotices(LIVE_TAIL)
                        .withInterest(users)
                        .onBadConnections(),
                Profile.v1("cut-kinds", 3)
                        .withNotices(OLDEST_RETAINED)
                        .withInterest(kinds)
                        .onBadConnections(),
                Profile.v1("cut-both", 3)
                        .withNotices(LIVE_TAIL)
                        .withInterest(both)
                        .onBadConnections()));
        for (int shard = 0; shard < 4; shard++) {
            profiles.add(Profile.v1("cut-shard-" + shard, 1)
                    .withNotices(shard < 2 ? LIVE_TAIL : OLDEST_RETAINED)
                    .withInterest(Interest.newBuilder().setShard(shard).setShardCount(4))
                    .onBadConnections());
        }
        return List.copyOf(profiles);
    }
}
