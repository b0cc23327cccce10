package conformance.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The users and kinds of events of a soak. They are fixed, so that an interest can name them. */
final class Population {

    static final List<String> USERS = IntStream.range(0, 32)
            .mapToObj(i -> UUID.nameUUIDFromBytes(("user " + i).getBytes(UTF_8)).toString())
            .toList();

    static final List<String> KINDS = List.of("mail", "chat", "call", "news");

    private Population() {}
}
