package push.api;

/**
 * Both interfaces through which events reach a hub. The code that creates a hub passes its publisher to the modules
 * that may publish. A module that cannot see this package cannot call a publisher either, even if it holds a reference
 * to one.
 */
public interface Publisher extends PushPublisher, SessionInvalidator {}
