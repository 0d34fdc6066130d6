# Serves one client after the other with its own pid, and writes down each with one byte.
use strict;
use warnings;
my ($served, $manner) = @ARGV;
open(my $listener, '+<&=', 3) or die "no socket: $!";
open(my $log, '>>', $served) or die "$served: $!";
my $isEnding = 0;
$SIG{TERM} = sub { $isEnding = 1 } if $manner eq 'graceful';
while (!$isEnding) {
    accept(my $client, $listener) or next;
    syswrite $log, '.';
    syswrite $client, "served $$\n";
    close $client;
}
