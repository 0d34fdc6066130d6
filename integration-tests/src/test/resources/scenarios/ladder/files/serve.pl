# A service in one of the manners that services have.
use strict;
use warnings;
use IO::Handle;
my $manner = shift;
open(my $listener, '+<&=', 3) or die "no socket: $!";
$SIG{TERM} = 'IGNORE' if $manner eq 'stubborn';
if ($manner eq 'leaver') { fork() and exit 0 }
shutdown($listener, 2) if $manner eq 'shutdown';
my @kept;
while (1) {
    accept(my $client, $listener) or do { select undef, undef, undef, 0.05; next };
    $client->autoflush(1);
    if ($manner eq 'chatty') {
        my $pid = fork();
        if ($pid == 0) { while (my $line = <$client>) { print $client "$$ $line" } exit 0 }
        close $client;
        next;
    }
    print $client "served $$\n";
    if ($manner eq 'keeper') { push @kept, $client } else { close $client }
}
