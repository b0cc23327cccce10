package push.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.engine.StalePolicy;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionRequest.Start;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;

/** Requests as other libraries write them, and requests that no library writes. */
class SubscribeRequestsTest {

    private static final UUID USER = UUID.fromString("3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11");

    private static GatewaySubscribeRequest.Builder request() {
        return GatewaySubscribeRequest.newBuilder().setGatewayClientId("g");
    }

    private static SubscriptionRequest parse(byte[] message) throws StatusException {
        return SubscribeRequests.parse(message, "peer");
    }

    private static SubscriptionRequest parse(GatewaySubscribeRequest.Builder request) throws StatusException {
        return parse(request.build().toByteArray());
    }

    private static String refusal(byte[] message) {
        Status status =
                assertThrows(StatusException.class, () -> parse(message)).getStatus();
        assertThat(status.getCode(), is(Status.Code.INVALID_ARGUMENT));
        return String.valueOf(status.getDescription());
    }

    private static String refusal(GatewaySubscribeRequest.Builder request) {
        return refusal(request.build().toByteArray());
    }

    private static byte[] joined(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private static byte[] field(int number, byte[] bytes) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(bytes))
                                .build())
                .build()
                .toByteArray();
    }

    @Test
    void everyFieldIsRead() throws Exception {
        SubscriptionRequest read = parse(request()
                .setCursor("e-1")
                .setWantNotices(true)
                .setStart(push.protocol.v1.Start.START_EARLIEST)
                .setOnStale(push.protocol.v1.StalePolicy.FAIL)
                .setInterest(Interest.newBuilder()
                        .addUserIds(USER.toString())
                        .addKinds("mail")
                        .setShard(-2)
                        .setShardCount(-1)));
        assertThat(
                read,
                is(new SubscriptionRequest(
                        "g",
                        "peer",
                        "e-1",
                        Start.EARLIEST,
                        StalePolicy.FAIL,
                        new push.engine.Interest(Set.of(USER), Set.of("mail"), 4_294_967_294L, 4_294_967_295L),
                        true)));
    }

    @Test
    void absentFieldsHaveTheirDefaults() throws Exception {
        assertThat(
                parse(request()),
                is(new SubscriptionRequest(
                        "g", "peer", "", Start.CURSOR, StalePolicy.LIVE_TAIL, push.engine.Interest.ALL, false)));
        assertThat(
                parse(request().setOnStale(push.protocol.v1.StalePolicy.LIVE_TAIL))
                        .onStale(),
                is(StalePolicy.LIVE_TAIL));
        assertThat(
                parse(request().setOnStale(push.protocol.v1.StalePolicy.OLDEST_RETAINED))
                        .onStale(),
                is(StalePolicy.OLDEST_RETAINED));
        assertThat(refusal(new byte[0]), is("gateway_client_id is required, but was blank"));
    }

    @Test
    void unknownEnumNumbersAreNamed() {
        assertThat(refusal(request().setStartValue(2)), is("start must be 0 or 1, but was 2"));
        assertThat(refusal(request().setStartValue(-1)), is("start must be 0 or 1, but was -1"));
        assertThat(refusal(request().setOnStaleValue(4)), is("on_stale must be 0 to 3, but was 4"));
    }

    @Test
    void invalidUserIdsAreNamed() {
        for (String none : List.of(
                "",
                "bob",
                USER.toString().replace("-", ""),
                USER + "0",
                "{" + USER + "}",
                "1-1-1-1-1",
                "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b1g",
                "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b1é",
                "3f0e9f6c06a51-4c6b-9c42-0d3f7c8a1b11",
                "x".repeat(1000))) {
            String shown = none.length() > 50 ? none.substring(0, 50) + "…" : none;
            assertThat(
                    refusal(request()
                            .setInterest(Interest.newBuilder()
                                    .addUserIds(USER.toString())
                                    .addUserIds(none))),
                    is("interest.user_ids must be UUIDs in text form, and one was \"" + shown + "\""));
        }
    }

    @Test
    void idsMayBeInUpperCase() throws Exception {
        var interest = Interest.newBuilder().addUserIds(USER.toString().toUpperCase(java.util.Locale.ROOT));
        assertThat(parse(request().setInterest(interest)).interest().users(), is(Set.of(USER)));
    }

    @Test
    void aFieldThatIsNotUtf8IsNamed() throws IOException {
        byte[] latin1 = "g\u00e9".getBytes(ISO_8859_1);
        byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
        byte[] overlong = {(byte) 0xc0, (byte) 0x80};
        byte[] id = request().build().toByteArray();
        for (byte[] bad : List.of(latin1, surrogate, overlong)) {
            assertThat(refusal(field(1, bad)), is("gateway_client_id must be UTF-8, but was not"));
            assertThat(refusal(joined(id, field(2, bad))), is("cursor must be UTF-8, but was not"));
            assertThat(refusal(joined(id, field(6, field(2, bad)))), is("interest.kinds must be UTF-8, but was not"));
            assertThat(refusal(joined(id, field(6, field(1, bad)))), startsWith("interest.user_ids must be UUIDs"));
        }
    }

    @Test
    void controlCharactersInTheIdAreNamed() {
        for (String bad : List.of("a\0", "a\nb", "\u001b[31m", "a\u0085", "a\u2028", "a\u2029", "\u007f")) {
            assertThat(
                    refusal(GatewaySubscribeRequest.newBuilder().setGatewayClientId(bad)),
                    containsString("gateway_client_id must not have control characters"));
        }
    }

    /** Fields are merged like protobuf messages: later numbers and texts replace earlier ones, lists are appended. */
    @Test
    void aRepeatedFieldIsMerged() throws Exception {
        byte[] message = joined(
                request()
                        .setCursor("e-1")
                        .setStart(push.protocol.v1.Start.START_EARLIEST)
                        .build()
                        .toByteArray(),
                interest("mail", 1, 2),
                request().setCursor("e-2").build().toByteArray(),
                interest("chat", 0, 3));
        SubscriptionRequest read = parse(message);
        GatewaySubscribeRequest merged = GatewaySubscribeRequest.parseFrom(message);
        assertThat(read.cursor(), is("e-2"));
        assertThat(read.start(), is(Start.EARLIEST));
        assertThat(
                read.interest().kinds(), is(new HashSet<>(merged.getInterest().getKindsList())));
        assertThat(read.interest().users(), is(Set.of(new UUID(1, 2), new UUID(0, 3))));
        assertThat(read.interest().shardCount(), is(3L));
        assertThat(read.interest().shard(), is(1L)); // 0 is not written, so the earlier value stays
    }

    private static byte[] interest(String kind, int shard, int shardCount) {
        return GatewaySubscribeRequest.newBuilder()
                .setInterest(Interest.newBuilder()
                        .addUserIds(new UUID(shard, shardCount).toString())
                        .addKinds(kind)
                        .setShard(shard)
                        .setShardCount(shardCount))
                .build()
                .toByteArray();
    }

    @Test
    void unknownFieldsAreSkipped() throws Exception {
        UnknownFieldSet.Field any = UnknownFieldSet.Field.newBuilder()
                .addVarint(300)
                .addFixed32(1)
                .addFixed64(2)
                .addLengthDelimited(ByteString.copyFromUtf8("text"))
                .addGroup(UnknownFieldSet.newBuilder()
                        .addField(
                                1,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build();
        UnknownFieldSet all = UnknownFieldSet.newBuilder()
                .addField(15, any)
                .addField(1000, any)
                .build();
        byte[] request = request()
                .setUnknownFields(all)
                .setInterest(Interest.newBuilder().addKinds("mail").setUnknownFields(all))
                .build()
                .toByteArray();
        assertThat(parse(request).interest().kinds(), is(Set.of("mail")));
        // Fields with a known number but another type, too.
        UnknownFieldSet.Field number =
                UnknownFieldSet.Field.newBuilder().addVarint(1).build();
        byte[] odd = UnknownFieldSet.newBuilder()
                .addField(1, number)
                .addField(6, number)
                .build()
                .toByteArray();
        assertThat(parse(joined(request().build().toByteArray(), odd)), is(parse(request())));
    }

    /** For any bytes, the result is a request or a refusal, and the same as with protobuf's own classes. */
    @Test
    void randomBytesAreParsedLikeProtobuf() throws Exception {
        Random random = new Random(42);
        byte[] valid = request()
                .setCursor("e-1")
                .setWantNotices(true)
                .setOnStale(push.protocol.v1.StalePolicy.OLDEST_RETAINED)
                .setInterest(Interest.newBuilder()
                        .addUserIds(USER.toString())
                        .addKinds("mail")
                        .setShard(1)
                        .setShardCount(2))
                .build()
                .toByteArray();
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = Arrays.copyOf(valid, valid.length - random.nextInt(3) * random.nextInt(10));
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(Arrays.toString(bytes), read(bytes), is(readByProtobuf(bytes)));
        }
    }

    private static String read(byte[] bytes) {
        try {
            return parse(bytes).toString();
        } catch (StatusException e) {
            assertThat(e.getStatus().getCode(), is(Status.Code.INVALID_ARGUMENT));
            return "refused";
        }
    }

    private static String readByProtobuf(byte[] bytes) {
        try {
            GatewaySubscribeRequest request = GatewaySubscribeRequest.parseFrom(bytes);
            Interest interest = request.getInterest();
            Set<UUID> users = new HashSet<>();
            for (String text : interest.getUserIdsList()) {
                UUID id = UUID.fromString(text);
                if (!id.toString().equalsIgnoreCase(text)) {
                    return "refused";
                }
                users.add(id);
            }
            if (request.getStartValue() < 0
                    || request.getStartValue() > 1
                    || request.getOnStaleValue() < 0
                    || request.getOnStaleValue() > 3) {
                return "refused";
            }
            List<StalePolicy> policies = List.of(
                    StalePolicy.LIVE_TAIL, StalePolicy.LIVE_TAIL, StalePolicy.OLDEST_RETAINED, StalePolicy.FAIL);
            return new SubscriptionRequest(
                            request.getGatewayClientId(),
                            "peer",
                            request.getCursor(),
                            request.getStartValue() == 0 ? Start.CURSOR : Start.EARLIEST,
                            policies.get(request.getOnStaleValue()),
                            new push.engine.Interest(
                                    users,
                                    new HashSet<>(interest.getKindsList()),
                                    Integer.toUnsignedLong(interest.getShard()),
                                    Integer.toUnsignedLong(interest.getShardCount())),
                            request.getWantNotices())
                    .toString();
        } catch (IOException | IllegalArgumentException e) {
            return "refused";
        }
    }

    @Test
    void endlesslyNestedGroupsAreRefused() {
        byte[] groups = new byte[1 << 20];
        Arrays.fill(groups, (byte) (15 << 3 | 3));
        assertThat(refusal(groups).isEmpty(), is(false));
    }

    @Test
    void anInterestInFiftyThousandUsersTakesLessThanAMebibyte() throws Exception {
        Interest.Builder interest = Interest.newBuilder();
        Set<UUID> users = new HashSet<>();
        Random random = new Random(7);
        while (users.size() < 50_000) {
            UUID user = new UUID(random.nextLong(), random.nextLong());
            users.add(user);
            interest.addUserIds(user.toString());
        }
        SubscriptionRequest read = parse(request().setInterest(interest));
        assertThat(read.interest().users(), is(users));
        assertThat(read.interest().heapBytes(), is(lessThan(1L << 20)));
    }

    @Test
    void aTooLongCursorIsTruncated() throws Exception {
        String cursor = parse(request().setCursor("ü".repeat(100_000))).cursor();
        assertThat(cursor.getBytes(UTF_8).length, is(lessThan(512)));
    }
}
