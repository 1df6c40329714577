// Go's gorilla: /echo, /sub and /pub, on as many threads as the process may use. See README.md.
package main

import (
	"fmt"
	"net"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"
)

var upgrader = websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}

// subscriber takes prepared messages in a goroutine of its own, since a connection has one writer.
type subscriber struct {
	connection *websocket.Conn
	messages   chan *websocket.PreparedMessage
}

var (
	lock        sync.RWMutex
	subscribers = map[*subscriber]bool{}
)

func echo(w http.ResponseWriter, r *http.Request) {
	connection, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer connection.Close()
	for {
		kind, message, err := connection.ReadMessage()
		if err != nil || connection.WriteMessage(kind, message) != nil {
			return
		}
	}
}

func subscribe(w http.ResponseWriter, r *http.Request) {
	connection, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s := &subscriber{connection, make(chan *websocket.PreparedMessage, 1024)}
	lock.Lock()
	subscribers[s] = true
	lock.Unlock()
	go func() {
		for message := range s.messages {
			if connection.WritePreparedMessage(message) != nil {
				return
			}
		}
	}()
	for {
		if _, _, err := connection.ReadMessage(); err != nil {
			break
		}
	}
	lock.Lock()
	delete(subscribers, s)
	lock.Unlock()
	close(s.messages)
	connection.Close()
}

func publish(w http.ResponseWriter, r *http.Request) {
	connection, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer connection.Close()
	for {
		kind, message, err := connection.ReadMessage()
		if err != nil {
			return
		}
		prepared, err := websocket.NewPreparedMessage(kind, message)
		if err != nil {
			return
		}
		lock.RLock()
		for s := range subscribers {
			s.messages <- prepared
		}
		lock.RUnlock()
	}
}

func main() {
	http.HandleFunc("/echo", echo)
	http.HandleFunc("/sub", subscribe)
	http.HandleFunc("/pub", publish)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("port %d\n", listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
