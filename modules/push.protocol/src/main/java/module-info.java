/** The wire contract of {@code proto/push/v1/push.proto}, generated. */
module push.protocol {
    requires transitive com.google.protobuf;
    requires transitive io.grpc;
    requires transitive io.grpc.protobuf;
    requires transitive io.grpc.stub;

    exports push.protocol.v1;
}
