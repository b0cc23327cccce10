package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All peers in this test have the same address, that of loopback. */
class AdmissionTest {

    private static final long SECOND = 1_000_000_000;

    private final List<SocketPair> pairs = new ArrayList<>();
    private final List<Cause> causes = new ArrayList<>();
    private long now = -3 * SECOND;
    private int limit = 1_000;
    private int open = 100;
    private boolean isShort;

    private final Descriptors descriptors = new Descriptors() {
        @Override
        public OptionalInt limit() {
            return isShort ? OptionalInt.empty() : OptionalInt.of(limit);
        }

        @Override
        public OptionalInt open() {
            return isShort ? OptionalInt.empty() : OptionalInt.of(open);
        }
    };

    private Admission admission(int configured) {
        return new Admission(configured, new PeerErrors(causes::add), descriptors, () -> now);
    }

    private SocketChannel channel() throws IOException {
        SocketPair pair = new SocketPair();
        pairs.add(pair);
        return pair.accepted;
    }

    private SocketChannel admitted(Admission to) throws IOException {
        SocketChannel channel = channel();
        to.admit(channel);
        return channel;
    }

    private SocketChannel identified(Admission to) throws IOException {
        SocketChannel channel = admitted(to);
        to.identified(channel);
        return channel;
    }

    @AfterEach
    void closeAll() throws IOException {
        for (SocketPair pair : pairs) {
            pair.close();
        }
    }

    @Test
    void theFreeDescriptorsMinusAReserveLimitTheConnections() {
        assertThat("1,000 less an eighth, less 100", admission(-1).max(), is(775));
        limit = 96;
        open = 30;
        assertThat("16 stay free", admission(-1).max(), is(50));
        limit = Descriptors.UNLIMITED;
        assertThat("the smaller limit applies", admission(7).max(), is(7));
        long heapAllows = Runtime.getRuntime().maxMemory() >> 16;
        assertThat(
                "one connection for each 64 KiB of the heap",
                (long) admission(-1).max(),
                is(heapAllows));
        limit = 20;
        assertThat("one is always served", admission(-1).max(), is(1));
    }

    @Test
    void aChangedLimitApplies() throws IOException {
        Admission admission = admission(-1);
        identified(admission);
        limit = 200;
        admission.check();
        assertThat("200 less 25, less 100", admission.max(), is(75));
    }

    @Test
    void anUnreadableLimitKeepsItsLastValue() throws IOException {
        limit = 120;
        Admission admission = admission(-1);
        assertThat("120 less 16, less 100", admission.max(), is(4));
        identified(admission);
        identified(admission);
        isShort = true;
        now += 2 * SECOND;
        admission.check();
        assertThat(admission.max(), is(4));
    }

    @Test
    void aConnectionBeyondTheLimitIsRefusedIfAllOthersAreIdentified() throws IOException {
        Admission admission = admission(2);
        SocketChannel first = identified(admission);
        identified(admission);
        SocketChannel third = channel();
        assertThrows(Admission.RefusedException.class, () -> admission.admit(third));
        assertThat(causes, contains(Cause.TOO_MANY_CONNECTIONS));
        admission.closed(first);
        admission.admit(third);
        assertThat(admission.connections(), is(2));
    }

    @Test
    void withoutRoomTheOldestUnidentifiedConnectionIsClosed() throws IOException {
        Admission admission = admission(3);
        SocketChannel known = identified(admission);
        SocketChannel silent = admitted(admission);
        SocketChannel other = identified(admission);
        SocketChannel newest = admitted(admission);
        assertThat(silent.isOpen(), is(false));
        assertThat(known.isOpen() && other.isOpen() && newest.isOpen(), is(true));
        assertThat(causes, contains(Cause.DISPLACED));
    }

    @Test
    void atMostATenthIsUnidentifiedForAnAddressAndTheOldestIsClosed() throws IOException {
        Admission admission = admission(30);
        List<SocketChannel> silent = List.of(admitted(admission), admitted(admission), admitted(admission));
        admission.identified(silent.get(1));
        SocketChannel fourth = admitted(admission);
        assertThat("an identified one does not count", causes, empty());
        SocketChannel fifth = admitted(admission);
        assertThat(silent.get(0).isOpen(), is(false));
        assertThat("is identified", silent.get(1).isOpen(), is(true));
        assertThat(silent.get(2).isOpen() && fourth.isOpen() && fifth.isOpen(), is(true));
        assertThat(causes, contains(Cause.DISPLACED));
        assertThat(admission.unidentified(), is(3));
    }

    @Test
    void identifiedConnectionsAreNotLimitedByAddress() throws IOException {
        Admission admission = admission(30);
        for (int i = 0; i < 30; i++) {
            identified(admission);
        }
        assertThat(admission.connections(), is(30));
        assertThat(causes, empty());
    }

    @Test
    void anUnidentifiedConnectionIsClosedAfterTenSeconds() throws IOException {
        Admission admission = admission(100);
        SocketChannel silent = admitted(admission);
        SocketChannel known = identified(admission);
        now += SECOND;
        SocketChannel later = admitted(admission);
        now += 9 * SECOND - 1;
        admission.check();
        assertThat("not yet", silent.isOpen(), is(true));
        now++;
        admission.check();
        assertThat(silent.isOpen(), is(false));
        assertThat(known.isOpen() && later.isOpen(), is(true));
        assertThat(causes, contains(Cause.UNIDENTIFIED));
        now += 3600 * SECOND;
        admission.check();
        assertThat(later.isOpen(), is(false));
        assertThat("for good", known.isOpen(), is(true));
    }

    @Test
    void connectionsThatEndAreForgottenSilently() throws IOException {
        Admission admission = admission(-1);
        for (int i = 0; i < 100; i++) {
            SocketChannel channel = i % 2 == 0 ? admitted(admission) : identified(admission);
            assertThat(admission.addressOf(System.identityHashCode(channel)), is("127.0.0.1"));
            channel.close();
        }
        admission.check();
        assertThat(admission.connections(), is(0));
        assertThat(admission.unidentified(), is(0));
        assertThat(admission.networks(), is(0));
        assertThat(admission.addresses(), is(0));
        assertThat(causes, empty());
    }

    @Test
    void closedConnectionsMakeRoomBeforeTheNextCheck() throws IOException {
        Admission admission = admission(1);
        identified(admission).close();
        assertThat(admitted(admission).isOpen(), is(true));
        assertThat(causes, empty());
    }

    @Test
    void aConnectionThatEndsDuringItsAdmissionLeavesNothing() throws IOException {
        Admission admission = admission(-1);
        SocketChannel channel = channel();
        channel.close();
        admission.admit(channel);
        admission.check();
        assertThat(admission.connections(), is(0));
        assertThat(admission.addressOf(System.identityHashCode(channel)), is(nullValue()));
    }
}
