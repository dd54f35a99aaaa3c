/** Short texts with the equations, and the questions that readers of paper and article keep asking. */
import { Accordion, Anchor, List, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { AboutWeights } from './AboutWeights';
import { PartialDense, PartialUpdate } from './Equations';

const P = ({ children }: { readonly children: ReactNode }) => <Text size="sm">{children}</Text>;

const TOPICS: readonly { readonly id: string; readonly question: string; readonly answer: ReactNode }[] = [
  {
    id: 'idea',
    question: 'What does Cross Stage Partial mean?',
    answer: (
      <>
        <P>
          A DenseNet layer reads everything that the layers before it in its stage have made. CSPNet cuts the stage’s
          base layer x₀ in two: x₀′ goes around the dense block, x₀″ goes through it, and both meet again at the end of
          the stage.
        </P>
        <PartialDense />
        <P>
          The three fusions differ in where the parts meet. <b>Standard</b> puts a transition on the dense side and
          another after the concatenation. <b>Fusion first</b> concatenates and then has one transition over everything.{' '}
          <b>Fusion last</b> has its transition on the dense side only, then concatenates.
        </P>
      </>
    ),
  },
  {
    id: 'gamma',
    question: 'Is γ the share that bypasses, or the share that goes through?',
    answer: (
      <P>
        Here γ is the share of the base layer’s channels that bypass the dense block, as in the paper’s Table 1, where
        compute falls as γ rises. Some repositories use the opposite sense. The first floor(γ·c) channels bypass.
      </P>
    ),
  },
  {
    id: 'truncate',
    question: 'What does “truncating the gradient flow” mean?',
    answer: (
      <>
        <P>
          The transition on the dense side mixes all its inputs into x_T. Behind it, the update of the last transition
          sees one gradient g_T in place of g₀″, g₁ … g_k. The gradient is projected again; it does not stop there.
        </P>
        <PartialUpdate />
        <P>
          This counts the arguments of the equations. It is not a measurement of what networks learn, and readers
          dispute the indices of the paper’s equation 2.
        </P>
      </>
    ),
  },
  {
    id: 'cio',
    question: 'What is CIO, and why does the paper’s formula differ from the count?',
    answer: (
      <P>
        Convolutional input/output: for every convolution, the elements it reads plus the elements it writes. It stands
        for memory traffic, and a concatenated input counts in full each time it is read. The paper’s formula assumes
        one convolution per dense layer; DenseNet’s layers have two, a 1×1 and a 3×3. The table under Cost shows both at
        the real width of each stage. The premise that the growth rate and the number of layers are far below the base’s
        width holds in no stage of DenseNet-121, so the saving is smaller than “up to half”.
      </P>
    ),
  },
  {
    id: 'macs',
    question: 'MACs or FLOPs, and at which batch and size?',
    answer: (
      <P>
        MACs are multiply-accumulates of convolutions and linear layers. FLOPs are twice as many, the convention of
        darknet and of the CSPNet paper. torchvision, timm, fvcore, ptflops and thop print MACs and call them FLOPs. All
        numbers here are for one picture at the input size that the network’s name gives; batch normalisation,
        activations and pools are not counted.
      </P>
    ),
  },
  {
    id: 'definitions',
    question: 'Why are there two definitions, paper and listing?',
    answer: (
      <List size="sm" spacing={4}>
        <List.Item>
          In the paper the dense side’s transition, or fusion first’s concatenation, sees [x₀″, x₁ … x_m]. The article’s
          PyTorch listing concatenates only [x₁ … x_m], so x₀″ is dropped there.
        </List.Item>
        <List.Item>
          The listing’s only pool is inside the transition that fusion last leaves out. All four stages then work at
          56×56 for a 224×224 picture, and DenseNet-121’s layers cost 17.8 GMACs: that is why the article’s fusion last
          costs over six times as much as DenseNet-121 and over seven times as much as the same network with pools.
        </List.Item>
        <List.Item>
          Choose “listing” to load checkpoints trained with the article’s code, “paper” for what the paper describes.
        </List.Item>
      </List>
    ),
  },
  {
    id: 'split',
    question: 'Is the split a slice or two 1×1 convolutions?',
    answer: (
      <P>
        In CSPDenseNet it is a slice, which reads and computes nothing. The authors’ darknet networks use two 1×1
        convolutions and call the forms equivalent; they are not in cost, because two convolutions read the base layer
        twice.
      </P>
    ),
  },
  {
    id: 'c3',
    question: 'Is YOLOv5’s C3 block a fusion first?',
    answer: <P>Yes: its two branches are concatenated first, and a 1×1 convolution works on the result.</P>,
  },
];

export function ExplainSection() {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
      <Accordion variant="separated" multiple>
        {TOPICS.map(({ id, question, answer }) => (
          <Accordion.Item key={id} value={id}>
            <Accordion.Control>
              <Text size="sm" fw={600}>
                {question}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              <Stack gap="xs">{answer}</Stack>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <Stack gap="sm">
        <AboutWeights />
        <Text size="xs" c="dimmed">
          Sources: the CSPNet paper,{' '}
          <Anchor size="xs" href="https://arxiv.org/abs/1911.11929">
            arXiv 1911.11929
          </Anchor>
          ; the DenseNet paper,{' '}
          <Anchor size="xs" href="https://arxiv.org/abs/1608.06993">
            arXiv 1608.06993
          </Anchor>
          ; CIO after HarDNet,{' '}
          <Anchor size="xs" href="https://arxiv.org/abs/1909.00948">
            arXiv 1909.00948
          </Anchor>
          .
        </Text>
      </Stack>
    </SimpleGrid>
  );
}
