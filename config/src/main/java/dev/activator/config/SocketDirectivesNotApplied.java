package dev.activator.config;

/** The rows of [Socket] that are known and not applied. systemd.socket(5). */
final class SocketDirectivesNotApplied {
    private SocketDirectivesNotApplied() {}

    static void addTo(Rows rows) {
        Harmless never = Harmless.NEVER;
        rows.unsupported("the service starts at once and what conflicts with it is stopped", Harmless.NO, """
                DeferTrigger|Waits with the start while a conflicting unit runs: no, yes or patient.""");
        rows.unsupported("the service starts at once and what conflicts with it is stopped", never, """
                DeferTriggerMaxSec|Longest wait of DeferTrigger=.""");
        rows.unsupported("extended attributes are not set", never, """
                XAttrEntryPoint*|Extended attributes of socket files.
                XAttrListen*|Extended attributes of listening sockets.
                XAttrAccept*|Extended attributes of accepted sockets.""");
        rows.unsupported("peers are told by pid only, see PassCredentials=", Harmless.NO, """
                PassPIDFD|Lets the service get a pidfd of the sender; SO_PASSPIDFD.""");
        rows.refused("peers can always send descriptors", Harmless.YES, """
                AcceptFileDescriptors|Whether peers may send descriptors; SO_PASSRIGHTS.""");
        rows.refused("Smack labels are not set", never, """
                SmackLabel|Smack label of FIFOs.
                SmackLabelIPIn|Smack label of incoming packets.
                SmackLabelIPOut|Smack label of outgoing packets.""");
        rows.refused("SELinux contexts are not set", Harmless.NO, """
                SELinuxContextFromNet|Takes the SELinux level of the service from the peer.""");
    }
}
