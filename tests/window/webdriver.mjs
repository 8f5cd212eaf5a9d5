// A WebDriver client of the few verbs that these tests speak (W3C WebDriver, "Endpoints").

/** The key under which the protocol hands out an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** The Enter key, as the protocol names it. */
export const ENTER = '\uE007'

/** The Escape key. */
export const ESCAPE = '\uE00C'

/** How long an element, a text or a window may take to appear. */
const PATIENCE_MS = 20_000
const PAUSE_MS = 50

/** How long the driver may take for one answer: opening includes the models and a demonstration. */
const ANSWER_MS = 90_000

/** A conversation with a program that a driver has started. */
export class Session {
  #address
  #windows = new Map()

  constructor(address) {
    this.#address = address
  }

  /** Has the driver at `driver` start the program `binary`. */
  static async begin(driver, binary, args = []) {
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } }
    const { sessionId } = await ask(`${driver}/session`, 'POST', { capabilities })
    return new Session(`${driver}/session/${sessionId}`)
  }

  /** Turns to the window whose address names the page, waiting until there is one. Handles come in no order. */
  async turnTo(page) {
    await eventually(`a window shows ${page}`, async () => {
      for (const handle of [this.#windows.get(page), ...(await this.#get('/window/handles'))]) {
        if (handle === undefined) continue
        await this.#post('/window', { handle })
        if (new URL(await this.#get('/url')).pathname.startsWith(`/${page}`)) {
          this.#windows.set(page, handle)
          return true
        }
      }
      return false
    })
  }

  /** The first element that the CSS selector finds, waiting until there is one. */
  async find(selector) {
    return eventually(`${selector} is there`, async () => {
      const found = await this.#elements(selector)
      return found[0]?.[ELEMENT]
    })
  }

  /** Types into a field. */
  async type(selector, text) {
    await this.#post(`/element/${await this.find(selector)}/value`, { text })
  }

  /** Presses a key, wherever the page's focus is. */
  async press(key) {
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: key }))
    await this.#post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
  }

  /** Types as a USB scanner does: fast, wherever the focus is, with Enter at the end. */
  async scan(text) {
    const actions = [...text, ENTER].flatMap((key) => ['keyDown', 'keyUp'].map((type) => ({ type, value: key })))
    await this.#post('/actions', { actions: [{ type: 'key', id: 'scanner', actions }] })
  }

  /** Clicks on an element. */
  async click(selector) {
    await this.#post(`/element/${await this.find(selector)}/click`, {})
  }

  /** The text that a person sees in the element. */
  async text(selector) {
    return this.#get(`/element/${await this.find(selector)}/text`)
  }

  /** What stands in a field. */
  async value(selector) {
    return this.#get(`/element/${await this.find(selector)}/property/value`)
  }

  /** Whether the selector finds anything now. */
  async has(selector) {
    return (await this.#elements(selector)).length > 0
  }

  /** Whether the element shows these words, once it is there; an element that was just replaced does not yet. */
  async shows(selector, words) {
    try {
      return (await this.text(selector)).includes(words)
    } catch (error) {
      if (/stale element|no such element/.test(error.message)) return false
      throw error
    }
  }

  /** A PNG of what the window shows. */
  async picture() {
    return Buffer.from(await this.#get('/screenshot'), 'base64')
  }

  /** Ends the program too. */
  async end() {
    await ask(this.#address, 'DELETE')
  }

  /** What the selector finds. Where an element went while the driver was handing it over, the driver is asked again. */
  async #elements(selector) {
    for (;;) {
      try {
        return await this.#post('/elements', { using: 'css selector', value: selector })
      } catch (error) {
        if (!/stale element/.test(error.message)) throw error
      }
    }
  }

  #get(path) {
    return ask(this.#address + path, 'GET')
  }

  #post(path, body) {
    return ask(this.#address + path, 'POST', body)
  }
}

/** Asks again until the answer is true; says what was waited for when it never is. */
export async function eventually(what, question) {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const answer = await question()
    if (answer) return answer
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

async function ask(address, method, body) {
  const limit = AbortSignal.timeout(ANSWER_MS)
  const response = await fetch(address, { method, body: body && JSON.stringify(body), signal: limit })
  const { value } = await response.json()
  if (!response.ok) throw new Error(`${method} ${address}: ${value.error}: ${value.message}`)
  return value
}
