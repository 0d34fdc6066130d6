package dev.activator.examples;

import dev.activator.service.HandoffSocket;
import dev.activator.service.PassedConnection;
import dev.activator.service.SdNotify;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;

/** Netty's epoll transport with connections that were accepted by the super-server. */
final class NettyPass {
    private NettyPass() {}

    public static void main(String[] args) throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        HandoffSocket handoff = HandoffSocket.require();
        SdNotify.ofEnvironment().ready("taking connections");
        for (PassedConnection next = handoff.receive(); next != null; next = handoff.receive()) {
            PassedConnection connection = next;
            EpollSocketChannel channel = new EpollSocketChannel(connection.number());
            channel.pipeline().addLast(new NettyHttp(connection.listener()));
            channel.closeFuture().addListener(closed -> connection.ended());
            group.register(channel).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }
}
