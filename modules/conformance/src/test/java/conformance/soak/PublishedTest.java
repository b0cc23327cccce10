package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import conformance.soak.Published.ClientEvent;
import conformance.soak.Published.Revocation;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedTest {

    private static final ClientEvent EVENT = new ClientEvent(2, "u", "mail", 1);

    @Test
    void aCursorThatTwoPublishersGotIsRefused() {
        List<ClientEvent> twice = List.of(EVENT, new ClientEvent(2, "u", "chat", 2));
        AssertionError refused = assertThrows(AssertionError.class, () -> new Published(2, twice, List.of()));
        assertThat(refused.getMessage(), containsString("a publisher got 2"));
    }

    @Test
    void cursorPastTheHeadIsRefused() {
        AssertionError refused = assertThrows(AssertionError.class, () -> new Published(1, List.of(EVENT), List.of()));
        assertThat(refused.getMessage(), containsString("past the head 1"));
    }

    @Test
    void lastRevocationOfEachUserAndSessionCounts() {
        Revocation first = new Revocation("u", "s", 1);
        Revocation second = new Revocation("u", "", 2);
        Revocation third = new Revocation("u", "s", 3);
        Revocation fourth = new Revocation("v", "s", 4);
        Published published = new Published(0, List.of(), List.of(first, second, third, fourth));
        assertThat(published.lastRevocations(), contains(third, second, fourth));
    }
}
