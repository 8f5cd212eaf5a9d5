// What goes wrong in a studio, in the real window with a server in another process: a bad shot, somebody else in the chair, a
// cable pulled, the network cut, the power gone.

import assert from 'node:assert/strict'
import { copyFile, rm, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'

import { ACCEPT, Operator, keepPicture, program } from './operator.mjs'
import { Rehearsal } from './rehearsal.mjs'
import { Stage } from './stage.mjs'
import { ENTER, eventually } from './webdriver.mjs'

const root = new URL('../../', import.meta.url)
const photos = new URL('assets/photos/', root)

let stage
let server
let lens
let desk
let operator

before(async () => {
  stage = await Stage.set()
  server = new Rehearsal(await stage.folder('server'))
  await server.start()
  lens = await stage.folder('lens')
  await seat('hopper_plain_wall.jpg')
  desk = await stage.open(program, ['--photos', lens])
  await desk.turnTo('desk')
  operator = new Operator(desk, server)
})

after(async () => {
  await desk?.end().catch(() => {})
  await server?.stop()
  await stage?.clear()
})

test('a new station asks for its studio, and its set-up ticks itself', async () => {
  await eventually('the desk asks for its studio', () => desk.shows('.pair-screen', '配对码'))
  await operator.keepPicture('trouble-unpaired')
  await operator.pair()
  await operator.keepPicture('trouble-first-run')
  await operator.closeSetUp()
})

test('a shot without one person is taken again, and another face is noticed', async () => {
  const number = await operator.call()
  await seat('refused/two_people.jpg')
  await desk.press(' ')
  await eventually('the shot is refused', () => desk.has('.thumb .mark.retake'))
  assert.equal(await desk.has(`${ACCEPT}:enabled`), false, 'what violates the standard cannot be accepted')
  await operator.keepPicture('trouble-refused')

  await seat('hopper_plain_wall.jpg')
  await desk.press(' ')
  await desk.find(`${ACCEPT}:enabled`)

  await seat('giunchedi.jpg')
  await desk.press(' ')
  await eventually('the bar doubts', () => desk.has('.person-bar.doubted'))
  await operator.keepPicture('trouble-other-face')
  await desk.press('x')
  await eventually('the shots are gone and the scan is asked for', () => desk.has('.scan input'))
  assert.equal(await desk.has('.thumb'), false)

  await seat('hopper_plain_wall.jpg')
  await operator.scan(number)
  await operator.photograph()
  await operator.accept()
})

test('a cable that is pulled is said, and the desk goes on by itself once it is back', async () => {
  const number = await operator.call()
  await writeFile(`${lens}/unplugged`, '')
  await eventually('the desk says so', () => desk.shows('.bars', '相机连接已断开'))
  assert.equal(await desk.has('.shutter:enabled'), false)
  await operator.keepPicture('trouble-unplugged')
  await rm(`${lens}/unplugged`)
  await operator.photograph()
  await desk.press(ENTER)
  await eventually(`${number} is sealed`, async () => !(await desk.has('.person-bar .number')))
})

test('without a server a signed ticket is enough, and everything is sent once it is back', async () => {
  await server.stop()
  await eventually('the desk says that the server is gone', () => desk.shows('.bars', '连不上服务器'))
  const ticket = server.invitation.tickets[3]
  await operator.scan(ticket.number)
  await operator.photograph()
  await operator.keepPicture('trouble-offline')
  await desk.press(ENTER)
  await eventually(`${ticket.number} waits in the outbox`, () => desk.shows('.shelf section:first-child', ticket.number))
  await eventually('the desk is free again', async () => !(await desk.has('.person-bar .number')))

  await operator.scan(ticket.number)
  await eventually('a used ticket is told apart', () => desk.shows('.bars', '已用过'))
  await desk.scan('GST1.not-a-ticket.at-all')
  await eventually('a foreign code is told apart', () => desk.shows('.bars', '这不是排号码'))

  await server.start()
  await eventually('everything is sent', () => desk.shows('.shelf section:first-child', '都已上传'))
})

test('after a power cut nothing that was sealed is missing, and the student at the desk is still there', async () => {
  await server.stop()
  await eventually('the server is gone', () => desk.shows('.bars', '连不上服务器'))
  const [sealed, present] = server.invitation.tickets.slice(4)
  await operator.scan(sealed.number)
  await operator.photograph()
  await desk.press(ENTER)
  await eventually(`${sealed.number} waits in the outbox`, () => desk.shows('.shelf section:first-child', sealed.number))
  await server.start()
  await eventually('everything is sent', () => desk.shows('.shelf section:first-child', '都已上传'))
  await operator.scan(present.number)
  await eventually(`${present.number} is at the desk`, () => desk.shows('.person-bar .number', present.number))
  await operator.photograph()
  await server.stop()
  await desk.press(ENTER)
  await eventually(`${present.number} waits in the outbox`, () => desk.shows('.shelf section:first-child', present.number))

  await stage.cutPower(program)
  desk = await stage.open(program, ['--photos', lens])
  await desk.turnTo('desk')
  operator = new Operator(desk, server)
  await eventually('the outbox still has it', () => desk.shows('.shelf section:first-child', present.number))
  await operator.keepPicture('trouble-after-power-cut')
  await server.start()
  await eventually('everything is sent', () => desk.shows('.shelf section:first-child', '都已上传'))
  await eventually('both wait for their yes', () => desk.shows('.shelf section:nth-of-type(2)', present.number))
})

test('a second program on the same computer says that the desk is open already', async () => {
  const second = await stage.open(program, ['--photos', lens])
  try {
    await second.turnTo('desk')
    await eventually('it says so', () => second.shows('.closed', '已经打开了'))
    await keepPicture(second, 'trouble-opened-twice')
  } finally {
    await second.end()
  }
  await eventually('the first goes on', () => desk.shows('.cluster', '已连接'))
})

/** Seats the person of this photo before the lens. */
async function seat(photo) {
  await copyFile(new URL(photo, photos), `${lens}/person.jpg`)
}
