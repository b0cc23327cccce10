package push.transport;

import push.engine.Hub;

/** What all push streams share. */
record StreamParts(
        Hub hub,
        EventEncoder encoder,
        StreamSupervisor supervisor,
        TransportObserver observer,
        DeliveryTracer tracer,
        BufferPool buffers,
        ThreadLocal<SharedFrames> frames) {}
