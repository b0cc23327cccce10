package conformance.soak;

/** The transcript of one subscriber. */
record Seen(String id, Profile profile, Transcript transcript) {

    Filter filter() {
        return new Filter(profile.interest());
    }
}
