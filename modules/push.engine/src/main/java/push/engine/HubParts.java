package push.engine;

/** What a subscription needs of its hub. */
record HubParts(
        HubConfig config,
        EngineRuntime runtime,
        EventStore store,
        Dispatcher dispatcher,
        SubscriptionListener listener) {}
