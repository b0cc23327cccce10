package push.gateway;

import com.google.protobuf.ByteString;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.PushEvent;

/** Numbered events: the nth has the cursor {@code e-n}. */
final class Events {

    private Events() {}

    static PushEvent event(int number) {
        return event(number, 20);
    }

    static PushEvent event(int number, int payload) {
        return PushEvent.newBuilder()
                .setCursor("e-" + number)
                .setClientEvent(ClientEvent.newBuilder()
                        .setUserId("9b4c0f0a-62f5-4a8e-9a35-6f2f0f3f0c11")
                        .setKind("test")
                        .setPayload(ByteString.copyFrom(new byte[payload])))
                .build();
    }

    /** The number in a cursor; 0 for none. */
    static int number(String cursor) {
        return cursor.isEmpty() ? 0 : Integer.parseInt(cursor.substring("e-".length()));
    }
}
